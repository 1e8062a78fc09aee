package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much history rules need.
///
/// @param window payments this far before and after count
/// @param lookback how far in time the nearest payment with a place may be
/// @param amounts how many of the last amounts
public record Reach(Duration window, Duration lookback, int amounts) {
  public Reach {
    requireNonNull(window, "window is null");
    requireNonNull(lookback, "lookback is null");
    if (amounts < 0 || amounts > History.MAX_AMOUNTS) {
      throw new IllegalArgumentException("amounts is out of range: " + amounts);
    }
  }

  /// Whether a history that was loaded for this reach has all that the other needs.
  public boolean covers(Reach other) {
    return window.compareTo(other.window) >= 0
        && lookback.compareTo(other.lookback) >= 0
        && amounts >= other.amounts;
  }
}
