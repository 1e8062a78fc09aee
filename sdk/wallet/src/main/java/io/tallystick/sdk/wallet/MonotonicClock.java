package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

/**
 * Time that runs at its own pace and that nobody can set: on Android {@code
 * SystemClock.elapsedRealtime()}, on Linux the time since boot.
 */
public interface MonotonicClock {
  /**
   * A reading. Two readings compare only when their run is the same.
   *
   * @param run names the time between two restarts of the clock, for example a boot
   * @param millis since some moment of that run, never falling inside it
   */
  record Reading(String run, long millis) {
    public Reading {
      requireNonNull(run, "run is null");
      if (run.isEmpty() || run.length() > 64) {
        throw new IllegalArgumentException("run has no length from 1 to 64");
      }
      if (millis < 0) {
        throw new IllegalArgumentException("millis is negative: " + millis);
      }
    }
  }

  Reading read();
}
