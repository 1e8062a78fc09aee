package io.tallystick.sandbox.story;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Waits for a condition, never for a time.
public final class Waiting {
  private static final Duration POLL = Duration.ofMillis(100);

  private Waiting() {}

  /// Asks again and again until there is an answer.
  ///
  /// @throws StoryFailure when there is none within `limit`
  public static <T> T until(String what, Duration limit, Callable<Optional<T>> question)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.call();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > deadline) {
        throw new StoryFailure(what + " did not happen within " + limit.toSeconds() + " s");
      }
      Thread.sleep(POLL);
    }
  }
}
