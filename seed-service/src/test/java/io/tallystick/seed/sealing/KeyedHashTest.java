package io.tallystick.seed.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
  private static final byte[] KEY_1 = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_2 = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUE = "37180429517734960218".getBytes(StandardCharsets.US_ASCII);

  @Test
  void isFoundAgainAfterARotation() {
    KeyedHash before = KeyedHash.of("code", 1, Map.of(1, KEY_1));
    KeyedHash after = KeyedHash.of("code", 2, Map.of(1, KEY_1, 2, KEY_2));

    assertThat(after.everyHash(VALUE)).contains(before.hash(VALUE)).contains(after.hash(VALUE));
    assertThat(after.hash(VALUE)).isNotEqualTo(before.hash(VALUE));
  }

  @Test
  void differsByPurpose() {
    assertThat(KeyedHash.of("code", 1, Map.of(1, KEY_1)).hash(VALUE))
        .isNotEqualTo(KeyedHash.of("pepper", 1, Map.of(1, KEY_1)).hash(VALUE));
  }
}
