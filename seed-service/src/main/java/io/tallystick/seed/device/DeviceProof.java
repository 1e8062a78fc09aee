package io.tallystick.seed.device;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// The messages that a device key signs towards this service: five lines of UTF-8, the first of
/// which names the purpose, so that a signature for one never serves another, nor as a tap or a
/// receipt. No part can contain a line feed.
public final class DeviceProof {
  private static final String ENROLMENT = "tallystick/device-enrolment/v1";
  private static final String RENEWAL = "tallystick/device-renewal/v1";
  private static final String ONLINE_CODE = "tallystick/online-code/v1";

  private DeviceProof() {}

  /// What a new device signs: that it has the key, for this payer, in answer to this challenge.
  public static byte[] enrolment(
      String payerId, String challenge, String devicePublicKey, String idempotencyKey) {
    return lines(ENROLMENT, payerId, challenge, devicePublicKey, idempotencyKey);
  }

  public static byte[] renewal(
      String payerId, String deviceId, String idempotencyKey, long signedAt) {
    return lines(RENEWAL, payerId, deviceId, idempotencyKey, Long.toString(signedAt));
  }

  public static byte[] onlineCode(
      String payerId, String deviceId, String idempotencyKey, long signedAt) {
    return lines(ONLINE_CODE, payerId, deviceId, idempotencyKey, Long.toString(signedAt));
  }

  /// @throws io.tallystick.kit.error.ApiException `PROOF_REFUSED`
  public static void require(Sm2PublicKey key, byte[] message, Sm2Signature signature) {
    if (!key.verify(message, signature)) {
      throw refused("the signature is not the device key's over this request");
    }
  }

  /// @throws io.tallystick.kit.error.ApiException `PROOF_REFUSED`
  public static void requireFresh(long signedAt, Instant now, Duration tolerance) {
    if (signedAt < now.getEpochSecond() - tolerance.toSeconds()
        || signedAt > now.getEpochSecond() + tolerance.toSeconds()) {
      throw refused("signedAt is too far from server time");
    }
  }

  private static ApiException refused(String message) {
    return ApiErrors.permissionDenied("PROOF_REFUSED", message);
  }

  private static byte[] lines(String... lines) {
    for (String line : lines) {
      if (line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a line of a signed message has a line feed");
      }
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }
}
