package io.tallystick.seed.device;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import java.time.Duration;

/// What a caller is told of a device.
public final class DeviceErrors {
  private DeviceErrors() {}

  public static ApiException unknown() {
    return ApiErrors.notFound("UNKNOWN_DEVICE", "no such device");
  }

  public static ApiException revoked() {
    return ApiErrors.failedPrecondition("DEVICE_REVOKED", "the device may no longer pay");
  }

  static ApiException challengeRefused() {
    return ApiErrors.failedPrecondition(
        "CHALLENGE_REFUSED", "the challenge is unknown, used or expired");
  }

  static ApiException tooManyChallenges(Duration retryAfter) {
    return retryAfter(
        ApiErrors.resourceExhausted(
            "TOO_MANY_REQUESTS", "too many enrolment challenges are waiting"),
        retryAfter);
  }

  static ApiException keyUsed() {
    return ApiErrors.failedPrecondition(
        "DEVICE_KEY_USED", "this device key enrolled before; make a new one");
  }

  static ApiException inProgress(Duration retryAfter) {
    return retryAfter(
        ApiErrors.failedPrecondition(
            "ENROLMENT_IN_PROGRESS", "another enrolment is being carried out"),
        retryAfter);
  }

  static ApiException superseded() {
    return ApiErrors.failedPrecondition(
        "ENROLMENT_SUPERSEDED", "another enrolment took the place of this one");
  }

  public static ApiException replyExpired() {
    return ApiErrors.failedPrecondition(
        "REPLY_EXPIRED", "done earlier under this key; its secret answer is no longer kept");
  }

  public static ApiException accountUnknown() {
    return ApiErrors.failedPrecondition(
        "ACCOUNT_UNKNOWN", "the payer has no money account yet; it opens with the first deposit");
  }

  /// An error with the pause after which trying again makes sense.
  public static ApiException retryAfter(ApiException error, Duration pause) {
    return error.with("retryAfterSeconds", Long.toString(Math.max(1, pause.toSeconds())));
  }
}
