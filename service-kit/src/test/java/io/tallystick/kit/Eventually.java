package io.tallystick.kit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/// Waits for a condition, for a bounded time.
public final class Eventually {
  private static final Duration MOST = Duration.ofSeconds(20);

  private Eventually() {}

  public static <T> T get(Callable<T> value, Predicate<T> wanted) {
    long end = System.nanoTime() + MOST.toNanos();
    while (true) {
      try {
        T last = value.call();
        if (wanted.test(last)) {
          return last;
        }
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("not within " + MOST + "; last seen: " + last);
        }
        Thread.sleep(20);
      } catch (AssertionError e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  public static void isTrue(Callable<Boolean> condition) {
    get(condition, value -> value);
  }
}
