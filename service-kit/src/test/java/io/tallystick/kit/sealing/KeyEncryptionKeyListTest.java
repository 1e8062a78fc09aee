package io.tallystick.kit.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    assertThat(from(new Source(OptionalInt.of(1), null, file)).current()).isEqualTo(2);
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
    assertThatThrownBy(() -> from(new Source(OptionalInt.of(1), null, null)))
        .hasMessageContaining("exactly one of test.keys");
    assertThatThrownBy(() -> from(new Source(OptionalInt.of(1), "1:" + KEY_1, file)))
        .hasMessageContaining("exactly one");
  }

  @Test
  void refusesAWrappedKeyThatNothingUnwraps() {
    String wrapped = "1:pkcs11:" + "00".repeat(12) + ":" + "00".repeat(32);
    assertThatThrownBy(() -> KeyEncryptionKeyList.parse(wrapped, OptionalInt.of(1)))
        .hasMessageContaining("version 1 is wrapped");
    for (String bad : new String[] {"00".repeat(11), "00".repeat(17), "0".repeat(25)}) {
      assertThatThrownBy(() ->
              KeyEncryptionKeyList.parse(
                  "1:pkcs11:" + bad + ":" + "00".repeat(32), OptionalInt.of(1)))
          .hasMessageContaining("no. 1 is none of");
    }
  }

  @Test
  void refusesAKeyOfATransitEngineThatNothingUnwraps() {
    String sealed = "A".repeat(59) + "=";
    assertThatThrownBy(() -> KeyEncryptionKeyList.parse("1:vault:v3:" + sealed, OptionalInt.of(1)))
        .hasMessageContaining("version 1 is wrapped, and key-encryption.transit.address is not");
    for (String bad :
        new String[] {
          "vault:v0:" + sealed,
          "vault:v1:" + sealed.substring(10),
          "vault:v1:" + "A".repeat(400),
          "vault:v1:" + sealed + "\"}",
          "vault:" + sealed
        }) {
      assertThatThrownBy(() -> KeyEncryptionKeyList.parse("1:" + bad, OptionalInt.of(1)))
          .as(bad)
          .hasMessageContaining("no. 1 is none of");
    }
  }

  @Test
  void refusesHalfATransitEngineAndOneBesideAToken(@TempDir Path folder) {
    Source.Engine whole =
        Source.Engine.of("https://vault.example:8200", "seed").withTokenFile(folder);
    Source.Token token = Source.Token.of(folder, 1, List.of("key"), folder);
    Source.Engine half = Source.Engine.NONE.withTokenFile(folder);
    assertThatThrownBy(() -> unwrapping(Source.Token.NONE, half))
        .hasMessageContaining("set test.transit.address and .key, or nothing");
    assertThatThrownBy(() -> unwrapping(token, whole)).hasMessageContaining("not both");
    assertThatThrownBy(() ->
            unwrapping(
                Source.Token.NONE,
                Source.Engine.of("https://me:hunter2@vault:8200", "seed").withTokenFile(folder)))
        .hasMessageContaining("test.transit can't be used: address")
        .hasMessageNotContaining("hunter2");
  }

  /// Unlike a token: what it needs is in a native executable as well.
  @Test
  void takesATransitEngineInANativeExecutable(@TempDir Path folder) {
    Source.Engine whole =
        Source.Engine.of("https://vault.example:8200", "seed").withTokenFile(folder);
    assertThat(unwrapping(Source.Token.NONE, whole)).isInstanceOf(ByTransit.class);
  }

  private static KeyUnwrapping unwrapping(Source.Token token, Source.Engine engine) {
    return KeyUnwrapping.of(
        "test", new Source(UNSET, "1:" + KEY_1, null, token, engine, false), ImageMode.NATIVE_RUN);
  }

  @Test
  void refusesHalfATokenAndAnyInANativeExecutable(@TempDir Path folder) {
    Source.Token whole = Source.Token.of(folder, 1, List.of("key"), folder);
    Source.Token half =
        new Source.Token(
            whole.library(), whole.slot(), Optional.empty(), whole.pinFile(), whole.timeout());
    assertThatThrownBy(() -> KeyUnwrapping.of("test", source(half), ImageMode.JVM))
        .hasMessageContaining("set all of test.pkcs11.library");
    assertThatThrownBy(() -> KeyUnwrapping.of("test", source(whole), ImageMode.NATIVE_RUN))
        .hasMessageContaining("a native executable has no PKCS#11");
    assertThat(KeyUnwrapping.of("test", source(Source.Token.NONE), ImageMode.NATIVE_RUN))
        .isInstanceOf(KeyUnwrapping.Nobody.class);
  }

  private static Source source(Source.Token token) {
    return new Source(UNSET, "1:" + KEY_1, null, token, false);
  }

  private static KeyEncryptionKeyList from(Source source) {
    return KeyEncryptionKeyList.from("test", source, KeyUnwrapping.of("test", source));
  }
}
