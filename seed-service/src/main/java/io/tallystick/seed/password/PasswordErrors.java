package io.tallystick.seed.password;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import java.time.Clock;
import java.time.Duration;

/// What a caller is told of a password.
final class PasswordErrors {
  private PasswordErrors() {}

  static ApiException weak() {
    return ApiErrors.invalidArgument(
        "WEAK_PAYMENT_PASSWORD",
        "at least 6 characters, and not all the same, rising or falling digits");
  }

  static ApiException exists() {
    return ApiErrors.failedPrecondition(
        "PAYMENT_PASSWORD_EXISTS", "a payment password is set; changing it needs the current one");
  }

  static ApiException notSet() {
    return ApiErrors.failedPrecondition("PAYMENT_PASSWORD_NOT_SET", "no payment password is set");
  }

  static ApiException wrong(int attemptsLeft) {
    return ApiErrors.permissionDenied("WRONG_PAYMENT_PASSWORD", "the payment password is wrong")
        .with("attemptsLeft", Integer.toString(attemptsLeft));
  }

  static ApiException locked(PasswordCheck.Locked locked, Clock clock) {
    ApiException error =
        ApiErrors.permissionDenied(
            "PAYMENT_PASSWORD_LOCKED", "too many wrong payment passwords; it is locked");
    return locked
        .until()
        .map(until ->
            error
                .with("lockedUntil", until.toString())
                .with(
                    "retryAfterSeconds",
                    Long.toString(
                        Math.max(1, Duration.between(clock.instant(), until).toSeconds()))))
        .orElse(error);
  }

  static ApiException busy() {
    return ApiErrors.unavailable(
        "BUSY", "too many payment passwords are being checked at this moment");
  }
}
