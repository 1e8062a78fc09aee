package io.tallystick.notify.challenge;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import java.time.Instant;

/// What can be wrong with a request about a challenge.
final class ChallengeErrors {
  private ChallengeErrors() {}

  /// Also when it is another payer's.
  static ApiException notFound(String challengeId) {
    return ApiErrors.notFound("NOT_FOUND", "no challenge " + challengeId);
  }

  static ApiException noContact() {
    return ApiErrors.failedPrecondition("NO_CONTACT", "no telephone number is known");
  }

  static ApiException noPasskey() {
    return ApiErrors.failedPrecondition(
        "NO_PASSKEY", "no passkey was registered before the challenge was made");
  }

  static ApiException noCode() {
    return ApiErrors.failedPrecondition("NO_CODE", "no code was asked for");
  }

  static ApiException faceLimit() {
    return ApiErrors.resourceExhausted("FACE_LIMIT", "every face ceremony was used");
  }

  static void requireOpen(Challenge challenge, Instant now) {
    if (!challenge.open() || challenge.overdue(now)) {
      String state = challenge.open() ? "expired" : challenge.state().name();
      throw ApiErrors.failedPrecondition("CHALLENGE_ENDED", "the challenge has ended: " + state)
          .with("state", state);
    }
  }
}
