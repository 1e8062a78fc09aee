package io.tallystick.seed.device;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.database.RequestDigest;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.password.PaymentPassword;

/// A wallet asks for another seed and authorisation for its device.
///
/// @param signedAt Unix seconds of server time, as the wallet reckons it
/// @param signature the device key's over [#message()]
public record RenewalRequest(
    String payerId,
    String idempotencyKey,
    DeviceId deviceId,
    long signedAt,
    Sm2Signature signature,
    PaymentPassword password) {
  public RenewalRequest {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(signature, "signature is null");
    requireNonNull(password, "password is null");
  }

  byte[] message() {
    return DeviceProof.renewal(payerId, deviceId.toString(), idempotencyKey, signedAt);
  }

  /// A repeat may be signed anew, at another moment.
  RequestDigest digest() {
    return RequestDigest.of("deviceId", deviceId);
  }

  @Override
  public String toString() {
    return "RenewalRequest[" + deviceId + ", " + idempotencyKey + "]";
  }
}
