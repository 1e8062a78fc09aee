package io.tallystick.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.fixture.SeededRandom;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sm4GcmTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8998, appendix A.1. */
  private static final byte[] KEY = HEX.parseHex("0123456789abcdeffedcba9876543210");

  private static final byte[] NONCE = HEX.parseHex("00001234567800000000abcd");
  private static final byte[] AAD = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  private static final byte[] PLAIN =
      HEX.parseHex(
          "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
              + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
  private static final String SEALED =
      "00001234567800000000abcd"
          + "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
          + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
          + "83de3541e4c2b58177e065a9bf7b62ec";

  @Test
  void sealsAndOpensTheRfcsExample() {
    Sm4Gcm gcm = Sm4Gcm.of(KEY);
    assertThat(HEX.formatHex(gcm.seal(PLAIN, AAD, fixedNonce()))).isEqualTo(SEALED);
    assertThat(gcm.open(HEX.parseHex(SEALED), AAD)).hasValue(PLAIN);
  }

  @Test
  void refusesEveryFlippedBitAndEveryTruncation() {
    Sm4Gcm gcm = Sm4Gcm.of(KEY);
    byte[] sealed = HEX.parseHex(SEALED);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(gcm.open(flipped, AAD)).as("bit " + bit).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(gcm.open(java.util.Arrays.copyOf(sealed, length), AAD)).isEmpty();
    }
  }

  @Test
  void refusesOtherAssociatedDataAndOtherKeys() {
    byte[] sealed = HEX.parseHex(SEALED);
    assertThat(Sm4Gcm.of(KEY).open(sealed, new byte[0])).isEmpty();
    assertThat(Sm4Gcm.of(new byte[16]).open(sealed, AAD)).isEmpty();
    assertThatThrownBy(() -> Sm4Gcm.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void drawsANewNonceEachTime() {
    Sm4Gcm gcm = Sm4Gcm.of(KEY);
    SecureRandom random = new SeededRandom("nonces");
    byte[] one = gcm.seal(PLAIN, AAD, random);
    byte[] other = gcm.seal(PLAIN, AAD, random);
    assertThat(one).isNotEqualTo(other);
    assertThat(gcm.open(other, AAD)).hasValue(PLAIN);
  }

  @Test
  void forgetsADestroyedKey() {
    Sm4Gcm gcm = Sm4Gcm.of(KEY);
    gcm.destroy();
    assertThat(gcm.isDestroyed()).isTrue();
    assertThat(gcm.toString()).doesNotContain("0123");
    assertThatThrownBy(() -> gcm.open(HEX.parseHex(SEALED), AAD))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SecureRandom fixedNonce() {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(NONCE, 0, bytes, 0, bytes.length);
      }
    };
  }
}
