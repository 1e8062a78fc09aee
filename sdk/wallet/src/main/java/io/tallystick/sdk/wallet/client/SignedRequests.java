package io.tallystick.sdk.wallet.client;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** The messages that a device signs towards seed-service: five lines of UTF-8 each. */
final class SignedRequests {
  static final String RENEWAL = "tallystick/device-renewal/v1";
  static final String ONLINE_CODE = "tallystick/online-code/v1";

  private static final String ENROLMENT = "tallystick/device-enrolment/v1";

  private SignedRequests() {}

  static String enrolment(
      Sm2PrivateKey key,
      String payerId,
      String challenge,
      String devicePublicKey,
      IdempotencyKey idempotencyKey) {
    return sign(key, ENROLMENT, payerId, challenge, devicePublicKey, idempotencyKey.value());
  }

  static String request(
      String purpose,
      Sm2PrivateKey key,
      String payerId,
      DeviceId device,
      IdempotencyKey idempotencyKey,
      Instant signedAt) {
    String seconds = Long.toString(signedAt.getEpochSecond());
    return sign(key, purpose, payerId, device.toString(), idempotencyKey.value(), seconds);
  }

  private static String sign(Sm2PrivateKey key, String... lines) {
    byte[] message = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(key.sign(message, new SecureRandom()).bytes());
  }
}
