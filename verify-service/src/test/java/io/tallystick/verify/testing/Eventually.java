package io.tallystick.verify.testing;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for a condition, with a bound.
public final class Eventually {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  /// The first value that satisfies the condition, or the last one seen within the bound.
  public static <T> T get(Supplier<T> value, Predicate<T> condition) throws InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    T last = value.get();
    while (!condition.test(last) && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
      last = value.get();
    }
    return last;
  }
}
