package io.tallystick.seed.device;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.database.RequestDigest;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.seed.password.PaymentPassword;
import java.util.Base64;

/// A wallet asks to be enrolled.
///
/// @param challenge as given out
/// @param proof the device key's signature over [#message()]
public record EnrolmentRequest(
    String payerId,
    String idempotencyKey,
    String name,
    Sm2PublicKey publicKey,
    byte[] challenge,
    Sm2Signature proof,
    PaymentPassword password) {
  public EnrolmentRequest {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(name, "name is null");
    requireNonNull(publicKey, "publicKey is null");
    requireNonNull(proof, "proof is null");
    requireNonNull(password, "password is null");
    challenge = challenge.clone();
  }

  @Override
  public byte[] challenge() {
    return challenge.clone();
  }

  byte[] message() {
    return DeviceProof.enrolment(payerId, base64(challenge), publicKeyText(), idempotencyKey);
  }

  /// What makes it the same request: all but the password and the signature, which is another one
  /// each time it is made.
  RequestDigest digest() {
    return RequestDigest.of("name", name)
        .and("devicePublicKey", publicKeyText())
        .and("challenge", challenge);
  }

  private String publicKeyText() {
    return base64(publicKey.compressed());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "EnrolmentRequest[" + idempotencyKey + "]";
  }
}
