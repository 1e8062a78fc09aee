package io.tallystick.notify.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a condition, no longer than a bound.
public final class Await {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    present(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  public static <T> T present(String what, Supplier<Optional<T>> value) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found.get();
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      }
    }
    throw new AssertionError("not within " + BOUND + ": " + what);
  }
}
