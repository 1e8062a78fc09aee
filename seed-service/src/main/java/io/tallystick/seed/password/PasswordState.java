package io.tallystick.seed.password;

import java.time.Instant;
import java.util.Optional;

/// What a payer may know of the payment password.
///
/// @param attemptsLeft before it locks
/// @param lockedUntil absent while it is not locked, and when only an operator can unlock it
public record PasswordState(
    boolean set, boolean locked, int attemptsLeft, Optional<Instant> lockedUntil) {}
