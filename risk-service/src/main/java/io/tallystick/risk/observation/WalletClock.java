package io.tallystick.risk.observation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A wallet's evidence for its own clock.
///
/// @param lastServerTime the last server time it saw, null when it saw none since its phone started
/// @param elapsedSeconds monotonic seconds since then
/// @param createdAt its own clock when it signed
public record WalletClock(
    @Nullable Instant lastServerTime, long elapsedSeconds, Instant createdAt) {
  public WalletClock {
    requireNonNull(createdAt, "createdAt is null");
    if (elapsedSeconds < 0) {
      throw new IllegalArgumentException("elapsedSeconds is negative: " + elapsedSeconds);
    }
  }
}
