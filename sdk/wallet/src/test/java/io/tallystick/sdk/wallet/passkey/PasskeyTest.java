package io.tallystick.sdk.wallet.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasskeyTest {
  private static final String ORIGIN = "https://wallet.example";
  private static final CreationOptions CREATION =
      new CreationOptions("wallet.example", "dXNlcg", "Y2hhbGxlbmdl", List.of(-7, -257));

  private final Registration registration =
      Passkey.create(CREATION, ORIGIN, true, new SecureRandom());

  @Test
  void attestsAnEs256KeyInCtapCanonicalOrder() {
    byte[] object = decoded(registration.attestationObject());
    String start = "a363666d74646e6f6e656761747453746d74a0686175746844617461";
    assertThat(HexFormat.of().formatHex(object)).startsWith(start);
    // Byte string of 164 bytes: header 37, aaguid 16, length 2, id 32, COSE key 77.
    byte[] data = Arrays.copyOfRange(object, start.length() / 2 + 2, object.length);
    assertThat(data).hasSize(37 + 16 + 2 + 32 + 77);
    assertThat(data[32]).isEqualTo((byte) (Passkey.UP | Passkey.UV | Passkey.AT));
    assertThat(HexFormat.of().formatHex(data, 87, 97)).isEqualTo("a5010203262001215820");
  }

  @Test
  void writesClientDataAsWebAuthnPrescribes() {
    assertThat(new String(decoded(registration.clientDataJson()), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"webauthn.create\",\"challenge\":\"Y2hhbGxlbmdl\","
                + "\"origin\":\"https://wallet.example\",\"crossOrigin\":false}");
    assertThat(new String(new ClientData("t", "c", "a\"b\\\n").json(), StandardCharsets.UTF_8))
        .contains("\"origin\":\"a\\\"b\\\\\\u000a\"");
  }

  @Test
  void signsHeaderAndClientDataWithARisingCounter() throws Exception {
    Passkey passkey = registration.passkey();
    Assertion first = passkey.sign(options("wallet.example"), ORIGIN, true);
    Assertion second = first.next().sign(options("wallet.example"), ORIGIN, false);

    byte[] data = decoded(first.authenticatorData());
    assertThat(data[32]).isEqualTo((byte) (Passkey.UP | Passkey.UV));
    assertThat(ByteBuffer.wrap(data, 33, 4).getInt()).isEqualTo(1);
    assertThat(decoded(second.authenticatorData())[32]).isEqualTo((byte) Passkey.UP);
    assertThat(ByteBuffer.wrap(decoded(second.authenticatorData()), 33, 4).getInt()).isEqualTo(2);
    assertThat(verifies(passkey, first)).isTrue();
  }

  @Test
  void survivesExportWithItsCounter() throws Exception {
    Passkey used = registration.passkey().sign(options("wallet.example"), ORIGIN, true).next();
    Passkey restored = Passkey.parse(used.export());
    assertThat(restored.counter()).isEqualTo(1);
    assertThat(restored.credentialId()).isEqualTo(used.credentialId());
    Assertion next = restored.sign(options("wallet.example"), ORIGIN, true);
    assertThat(verifies(used, next)).isTrue();
    assertThat(used.toString()).doesNotContain(Base64.getEncoder().encodeToString(used.export()));
  }

  @Test
  void refusesAnotherRelyingPartyAndOtherCredentials() {
    Passkey passkey = registration.passkey();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passkey.sign(options("other.example"), ORIGIN, true));
    RequestOptions others = new RequestOptions("wallet.example", "Yw", List.of("b3RoZXI"));
    assertThatIllegalArgumentException().isThrownBy(() -> passkey.sign(others, ORIGIN, true));
  }

  @Test
  void refusesOptionsWithoutEs256AndMalformedExports() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CreationOptions("a", "b", "c", List.of(-257)));
    byte[] exported = registration.passkey().export();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Passkey.parse(Arrays.copyOf(exported, exported.length - 1)));
  }

  private static RequestOptions options(String rpId) {
    return new RequestOptions(rpId, "Y2hhbGxlbmdl", List.of());
  }

  private static boolean verifies(Passkey passkey, Assertion assertion) throws Exception {
    ByteBuffer exported = ByteBuffer.wrap(passkey.export());
    exported.position(5);
    byte[] part = new byte[0];
    while (exported.hasRemaining()) {
      part = new byte[exported.getShort() & 0xFFFF];
      exported.get(part);
    }
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(part)));
    verifier.update(decoded(assertion.authenticatorData()));
    verifier.update(
        MessageDigest.getInstance("SHA-256").digest(decoded(assertion.clientDataJson())));
    return verifier.verify(decoded(assertion.signature()));
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
