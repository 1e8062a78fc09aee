package io.tallystick.seed.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.database.RequestDigest;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.device.DeviceProof;

/// A wallet asks for a code to show.
///
/// @param signedAt Unix seconds of server time, as the wallet reckons it
/// @param signature the device key's over [#message()]
public record OnlineCodeRequest(
    String payerId,
    String idempotencyKey,
    DeviceId deviceId,
    long signedAt,
    Sm2Signature signature) {
  public OnlineCodeRequest {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(signature, "signature is null");
  }

  byte[] message() {
    return DeviceProof.onlineCode(payerId, deviceId.toString(), idempotencyKey, signedAt);
  }

  RequestDigest digest() {
    return RequestDigest.of("deviceId", deviceId);
  }
}
