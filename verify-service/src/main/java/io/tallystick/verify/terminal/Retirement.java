package io.tallystick.verify.terminal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// That a terminal was taken out of force.
///
/// @param reason in the operator's words
public record Retirement(Instant at, String reason) {
  private static final int LONGEST_REASON = 500;

  public Retirement {
    requireNonNull(at, "at is null");
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("reason has not 1 to 500 characters");
    }
  }
}
