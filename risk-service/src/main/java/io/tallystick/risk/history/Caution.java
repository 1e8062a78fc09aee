package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The payer's last failed challenge.
///
/// @param passedAt when a challenge was last passed, null when never
public record Caution(String paymentId, Instant failedAt, @Nullable Instant passedAt) {
  public Caution {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(failedAt, "failedAt is null");
  }

  /// A challenge passed since then lifts it.
  public boolean isLifted() {
    return passedAt != null && passedAt.isAfter(failedAt);
  }
}
