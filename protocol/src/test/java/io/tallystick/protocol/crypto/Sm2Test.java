package io.tallystick.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.wire.MalformedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sm2Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);

  /** GB/T 32918.5-2017, annex A.2: the recommended curve with the default identity. */
  private static final String PRIVATE =
      "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";

  private static final String X =
      "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
  private static final String Y =
      "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
  private static final String K =
      "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";
  private static final String R =
      "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
  private static final String S =
      "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  private static final String N =
      "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";

  @Test
  void signsAsTheStandardsExample() {
    Sm2PrivateKey key = Sm2PrivateKey.fromBytes(HEX.parseHex(PRIVATE));
    Sm2Signature signature = key.sign(MESSAGE, fixed(HEX.parseHex(K)));
    assertThat(signature.toString()).isEqualTo(R + S);
    assertThat(HEX.formatHex(key.publicKey().compressed())).isEqualTo("03" + X);
    assertThat(Y).endsWith("13"); // odd, hence 03
  }

  @Test
  void verifiesTheStandardsExample() {
    Sm2PublicKey key = Sm2PublicKey.fromCompressed(HEX.parseHex("03" + X));
    Sm2Signature signature = Sm2Signature.of(HEX.parseHex(R + S));
    assertThat(key.verify(MESSAGE, signature)).isTrue();
    assertThat(key.verify("message digesu".getBytes(StandardCharsets.US_ASCII), signature))
        .isFalse();
  }

  @Test
  void refusesEveryFlippedBitOfASignature() {
    Sm2PublicKey key = Sm2PublicKey.fromCompressed(HEX.parseHex("03" + X));
    byte[] good = HEX.parseHex(R + S);
    for (int bit = 0; bit < 8 * good.length; bit += 5) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(isGood(key, flipped)).as("bit " + bit).isFalse();
    }
  }

  private static boolean isGood(Sm2PublicKey key, byte[] signature) {
    try {
      return key.verify(MESSAGE, Sm2Signature.of(signature));
    } catch (MalformedException outOfRange) {
      return false;
    }
  }

  @Test
  void refusesSignaturesOutOfRange() {
    String zero = "0".repeat(64);
    String one = "0".repeat(63) + "1";
    String last = new BigInteger(N, 16).subtract(BigInteger.ONE).toString(16);
    for (String bad : new String[] {zero + one, one + zero, N + one, one + N, "ff".repeat(64)}) {
      assertThatThrownBy(() -> Sm2Signature.of(HEX.parseHex(bad)))
          .isInstanceOf(MalformedException.class);
    }
    assertThat(Sm2Signature.of(HEX.parseHex(last + one)).toString()).isEqualTo(last + one);
    assertThatThrownBy(() -> Sm2Signature.of(new byte[63])).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Sm2Signature.of(new byte[65])).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        "00" + X,
        "04" + X,
        "06" + X,
        "04" + X + Y,
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "020000000000000000000000000000000000000000000000000000000000000005"
      })
  void refusesWhatIsNoCompressedPoint(String hex) {
    assertThatThrownBy(() -> Sm2PublicKey.fromCompressed(HEX.parseHex(hex)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesPrivateKeysOutOfRange() {
    BigInteger n = new BigInteger(N, 16);
    for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, n, n.subtract(BigInteger.ONE)}) {
      byte[] bytes = HEX.parseHex("0".repeat(64 - bad.toString(16).length()) + bad.toString(16));
      assertThatThrownBy(() -> Sm2PrivateKey.fromBytes(bytes))
          .isInstanceOf(MalformedException.class);
    }
    byte[] largest = HEX.parseHex(n.subtract(BigInteger.TWO).toString(16));
    assertThat(Sm2PrivateKey.fromBytes(largest).toBytes()).isEqualTo(largest);
  }

  @Test
  void goesThroughPemAndBack() {
    Sm2PublicKey key = Sm2PrivateKey.generate(new SeededRandom("pem")).publicKey();
    assertThat(key.toPem()).startsWith("-----BEGIN PUBLIC KEY-----\n");
    assertThat(Sm2PublicKey.parsePem(key.toPem())).isEqualTo(key);
    assertThat(Sm2PublicKey.parsePem("\r\n" + key.toPem().replace("\n", "\r\n"))).isEqualTo(key);
  }

  @Test
  void refusesPemOfAnotherCurveOrDamaged() {
    String pem = Sm2PrivateKey.generate(new SeededRandom("pem")).publicKey().toPem();
    String p256 =
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMDLkTbnlbFpHS/aPpGMRQ9H0OEoV
        iBAVL1HYBPNUvCNJYbQ2hbnR1HELDkMuXgkpBKLSHQ0hNYC2AFqRmT3QvQ==
        -----END PUBLIC KEY-----
        """;
    for (String bad :
        new String[] {
          "",
          p256,
          pem.substring(5),
          pem.replace("END", "EMD"),
          pem.replace("MFkw", "MF!w"),
          "-----BEGIN PUBLIC KEY-----",
          "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----"
        }) {
      assertThatThrownBy(() -> Sm2PublicKey.parsePem(bad)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void forgetsADestroyedKeyAndNeverPrintsOne() {
    Sm2PrivateKey key = Sm2PrivateKey.fromBytes(HEX.parseHex(PRIVATE));
    assertThat(key.toString()).doesNotContain(PRIVATE.substring(0, 8));
    key.destroy();
    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(key::toBytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> key.sign(MESSAGE, new SeededRandom("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void copiesWhatItIsGivenAndGives() {
    byte[] bytes = HEX.parseHex(R + S);
    Sm2Signature signature = Sm2Signature.of(bytes);
    bytes[0] = 0;
    signature.bytes()[1] = 0;
    assertThat(signature.toString()).isEqualTo(R + S);
  }

  private static SecureRandom fixed(byte[] k) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(k, 0, bytes, 0, bytes.length);
      }
    };
  }
}
