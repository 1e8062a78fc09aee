package io.tallystick.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.wire.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyEncryptionKeysTest {
  private static final byte[] SECRET =
      "a seed of thirty-two bytes......".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTEXT = "seed 17".getBytes(StandardCharsets.US_ASCII);

  private final SeededRandom random = new SeededRandom("kek");
  private final KeyEncryptionKeys first = KeyEncryptionKeys.of(1, Map.of(1, filled(1)));
  private final KeyEncryptionKeys both =
      KeyEncryptionKeys.of(2, Map.of(1, filled(1), 2, filled(2)));

  @Test
  void opensWhatAnEarlierVersionSealed() {
    SealedBytes sealed = first.seal(SECRET, CONTEXT, random);
    assertThat(both.open(sealed, CONTEXT)).hasValue(SECRET);
    assertThat(both.isStale(sealed)).isTrue();
    SealedBytes again = both.seal(SECRET, CONTEXT, random);
    assertThat(again.keyVersion()).isEqualTo(2);
    assertThat(both.isStale(again)).isFalse();
    assertThat(first.open(again, CONTEXT)).isEmpty();
  }

  @Test
  void goesThroughBytesAndBack() {
    SealedBytes sealed = both.seal(SECRET, CONTEXT, random);
    assertThat(sealed.bytes()).hasSize(2 + 12 + SECRET.length + 16).startsWith(0, 2);
    assertThat(SealedBytes.parse(sealed.bytes())).isEqualTo(sealed);
    assertThatThrownBy(() -> SealedBytes.parse(new byte[29]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> SealedBytes.parse(new byte[SealedBytes.MAX_LENGTH + 1]))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesAnotherContext() {
    SealedBytes sealed = both.seal(SECRET, CONTEXT, random);
    assertThat(both.open(sealed, "seed 18".getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }

  /** Two versions with one key would otherwise let a stored version number be changed. */
  @Test
  void authenticatesTheVersion() {
    KeyEncryptionKeys same = KeyEncryptionKeys.of(1, Map.of(1, filled(1), 2, filled(1)));
    byte[] bytes = same.seal(SECRET, CONTEXT, random).bytes();
    bytes[1] = 2;
    assertThat(same.open(SealedBytes.parse(bytes), CONTEXT)).isEmpty();
  }

  @Test
  void refusesAMissingCurrentKeyAndVersionsOutOfRange() {
    assertThatThrownBy(() -> KeyEncryptionKeys.of(3, Map.of(1, filled(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KeyEncryptionKeys.of(70_000, Map.of(70_000, filled(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverPrintsKeysOrSecrets() {
    SealedBytes sealed = both.seal(SECRET, CONTEXT, random);
    String printed = both + " " + sealed;
    assertThat(printed)
        .doesNotContain(HexFormat.of().formatHex(filled(2)))
        .doesNotContain(HexFormat.of().formatHex(SECRET));
    both.destroy();
    assertThat(both.isDestroyed()).isTrue();
  }

  private static byte[] filled(int value) {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) value);
    return key;
  }
}
