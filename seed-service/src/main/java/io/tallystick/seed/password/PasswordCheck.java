package io.tallystick.seed.password;

import java.time.Instant;
import java.util.Optional;

/// What checking a password came to.
sealed interface PasswordCheck {
  /// @param phc the hash as it is stored now
  record Right(String phc) implements PasswordCheck {
    @Override
    public String toString() {
      return "Right";
    }
  }

  /// @param attemptsLeft at least 1
  record Wrong(int attemptsLeft) implements PasswordCheck {}

  /// @param until absent when only an operator can unlock
  record Locked(Optional<Instant> until) implements PasswordCheck {}

  record NotSet() implements PasswordCheck {}
}
