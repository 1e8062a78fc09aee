package io.tallystick.seed.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEncryptionKeyListTest {
  private static final String KEY_1 = "00112233445566778899aabbccddeeff";
  private static final String KEY_2 = "ffeeddccbbaa99887766554433221100";

  @Test
  void readsPairsFromTheConfiguration() {
    assertThat(KeyEncryptionKeyList.from(config(2, "1:" + KEY_1 + ", 2:" + KEY_2, null)))
        .containsOnlyKeys(1, 2)
        .allSatisfy((_, key) -> assertThat(key).hasSize(16));
  }

  @Test
  void readsPairsFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "# made in spring\n1:" + KEY_1 + "\n2:" + KEY_2 + "\n");

    assertThat(KeyEncryptionKeyList.from(config(1, null, file))).containsOnlyKeys(1, 2);
  }

  @Test
  void refusesWhatIsNotAListOfKeysWithoutSayingWhatItWas() {
    for (String bad :
        new String[] {"", KEY_1, "1:" + KEY_1.substring(1), "x:" + KEY_1, "1:" + KEY_1 + KEY_2}) {
      assertThatThrownBy(() -> KeyEncryptionKeyList.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("5566");
    }
    assertThatThrownBy(() -> KeyEncryptionKeyList.parse("1:" + KEY_1 + " 1:" + KEY_2))
        .hasMessageContaining("version twice: 1");
  }

  @Test
  void needsTheCurrentVersionAndOneSource(@TempDir Path folder) {
    assertThatThrownBy(() -> KeyEncryptionKeyList.from(config(3, "1:" + KEY_1, null)))
        .hasMessageContaining("names no key: 3");
    assertThatThrownBy(() -> KeyEncryptionKeyList.from(config(1, null, null)))
        .hasMessageContaining("exactly one");
    assertThatThrownBy(
            () -> KeyEncryptionKeyList.from(config(1, "1:" + KEY_1, folder.resolve("keys"))))
        .hasMessageContaining("exactly one");
  }

  private static KeyEncryptionConfig config(
      int current, @Nullable String keys, @Nullable Path file) {
    return new KeyEncryptionConfig() {
      @Override
      public int current() {
        return current;
      }

      @Override
      public Optional<String> keys() {
        return Optional.ofNullable(keys);
      }

      @Override
      public Optional<Path> file() {
        return Optional.ofNullable(file);
      }
    };
  }
}
