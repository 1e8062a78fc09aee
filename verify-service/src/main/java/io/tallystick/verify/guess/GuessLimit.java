package io.tallystick.verify.guess;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/// How many wrong codes are let through.
///
/// Counts are kept in fixed windows, and the limit holds for the current window and the one before
/// it together. So no stretch of time as long as a window ever has more than the limit, wherever it
/// begins, and a block ends after one to two windows.
///
/// @param wrong wrong codes after which the verdict falls
/// @param window length of one window
public record GuessLimit(int wrong, Duration window) {
  public GuessLimit {
    requireNonNull(window, "window is null");
    if (wrong < 1) {
      throw new IllegalArgumentException("wrong is below 1: " + wrong);
    }
    if (window.toSeconds() < 1) {
      throw new IllegalArgumentException("window is below one second: " + window);
    }
  }

  /// Start of the window that an instant falls into.
  public Instant windowStart(Instant at) {
    long seconds = window.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  /// Start of the window before that one: the oldest whose count matters.
  public Instant oldestWindowStart(Instant at) {
    return windowStart(at).minus(window);
  }

  /// Whether these counts reach the limit.
  public boolean isReached(WrongCodes counts) {
    return counts.total() >= wrong;
  }

  /// When counts that reach the limit stop doing so, if no more are added.
  public Instant reachedUntil(WrongCodes counts, Instant at) {
    Instant next = windowStart(at).plus(window);
    return counts.current() >= wrong ? next.plus(window) : next;
  }
}
