package io.tallystick.kit.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEncryptionKeyListTest {
  private static final String KEY_1 = "00112233445566778899aabbccddeeff";
  private static final String KEY_2 = "ffeeddccbbaa99887766554433221100";
  private static final OptionalInt UNSET = OptionalInt.empty();

  @Test
  void readsPairs() {
    KeyEncryptionKeyList list =
        KeyEncryptionKeyList.parse("1:" + KEY_1 + ", 2:" + KEY_2, OptionalInt.of(2));
    assertThat(list.current()).isEqualTo(2);
    assertThat(list.keys())
        .containsOnlyKeys(1, 2)
        .allSatisfy((_, key) -> assertThat(key).hasSize(16));
    assertThat(list.toString()).doesNotContain("5566");
  }

  @Test
  void theFilesCurrentVersionGoesBeforeTheConfigured(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "# made in spring\n1:" + KEY_1 + "\n2:" + KEY_2 + "\ncurrent:2\n");
    assertThat(
            KeyEncryptionKeyList.from("test", new Source(OptionalInt.of(1), null, file)).current())
        .isEqualTo(2);
  }

  @Test
  void refusesWhatIsNotAListOfKeysWithoutSayingWhatItWas() {
    for (String bad :
        new String[] {
          "",
          KEY_1,
          "1:" + KEY_1.substring(1),
          "x:" + KEY_1,
          "1:" + KEY_1 + KEY_2,
          "65536:" + KEY_1,
          "1:" + KEY_1 + " current:1 current:1"
        }) {
      assertThatThrownBy(() -> KeyEncryptionKeyList.parse(bad, OptionalInt.of(1)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("5566");
    }
    assertThatThrownBy(
            () -> KeyEncryptionKeyList.parse("1:" + KEY_1 + " 1:" + KEY_2, OptionalInt.of(1)))
        .hasMessageContaining("version twice: 1");
  }

  @Test
  void needsTheCurrentVersionAndOneSource(@TempDir Path folder) {
    Path file = folder.resolve("keys");
    assertThatThrownBy(() -> KeyEncryptionKeyList.parse("1:" + KEY_1, OptionalInt.of(3)))
        .hasMessageContaining("missing: 3");
    assertThatThrownBy(() -> KeyEncryptionKeyList.parse("1:" + KEY_1, UNSET))
        .hasMessageContaining("no current");
    assertThatThrownBy(
            () -> KeyEncryptionKeyList.from("test", new Source(OptionalInt.of(1), null, null)))
        .hasMessageContaining("exactly one of test.keys");
    assertThatThrownBy(() ->
            KeyEncryptionKeyList.from("test", new Source(OptionalInt.of(1), "1:" + KEY_1, file)))
        .hasMessageContaining("exactly one");
  }
}
