package io.tallystick.seed.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final byte[] KEY_1 = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_2 = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECRET =
      "thirty-two bytes of a code seed.".getBytes(StandardCharsets.US_ASCII);
  private static final RowIdentity ROW = RowIdentity.of("seed", "alice", "s1");

  private final Vault vault = Vault.of(1, Map.of(1, KEY_1), new SecureRandom());

  @Test
  void opensWhatItSealed() {
    Sealed sealed = vault.seal(SECRET, ROW);

    assertThat(sealed.keyVersion()).isEqualTo(1);
    assertThat(vault.open(sealed.bytes(), ROW)).isEqualTo(SECRET);
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("bytes");
  }

  @Test
  void opensForItsOwnRowOnly() {
    byte[] sealed = vault.seal(SECRET, ROW).bytes();

    for (RowIdentity other :
        new RowIdentity[] {
          RowIdentity.of("seed", "bob", "s1"),
          RowIdentity.of("seed", "alice", "s2"),
          RowIdentity.of("issuer_key", "alice", "s1"),
          RowIdentity.of("seed", "alices", "1"),
          RowIdentity.of("seed", "alice")
        }) {
      assertThatThrownBy(() -> vault.open(sealed, other)).isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void noticesEveryChangedByte() {
    byte[] sealed = vault.seal(SECRET, ROW).bytes();

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = Arrays.copyOf(sealed, sealed.length);
      changed[i] ^= 1;
      assertThatThrownBy(() -> vault.open(changed, ROW)).isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void opensOldVersionsAndSealsWithTheCurrentOne() {
    byte[] old = vault.seal(SECRET, ROW).bytes();
    Vault rotated = Vault.of(2, Map.of(1, KEY_1, 2, KEY_2), new SecureRandom());

    assertThat(rotated.open(old, ROW)).isEqualTo(SECRET);
    assertThat(rotated.seal(SECRET, ROW).keyVersion()).isEqualTo(2);
    Vault forgetful = Vault.of(2, Map.of(2, KEY_2), new SecureRandom());
    assertThatThrownBy(() -> forgetful.open(old, ROW))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("key version 1");
  }
}
