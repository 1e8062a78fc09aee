package io.tallystick.seed.password;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How often one may guess.
///
/// @param attemptLimit wrong passwords in a row that lock
/// @param lockTime zero for until an operator unlocks
public record PasswordRules(int attemptLimit, Duration lockTime) {
  public PasswordRules {
    if (attemptLimit < 1) {
      throw new IllegalArgumentException("attemptLimit is not positive: " + attemptLimit);
    }
    if (lockTime.isNegative()) {
      throw new IllegalArgumentException("lockTime is negative: " + lockTime);
    }
  }

  /// When a lock that begins now ends by itself.
  public Optional<Instant> lockedUntil(Instant now) {
    return lockTime.isZero() ? Optional.empty() : Optional.of(now.plus(lockTime));
  }
}
