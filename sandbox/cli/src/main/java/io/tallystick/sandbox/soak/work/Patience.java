package io.tallystick.sandbox.soak.work;

import io.tallystick.sdk.wallet.http.UnreachableException;
import java.util.function.Supplier;

/// Before and after the faults everything has to come to an answer: on a busy machine at the second
/// or third try.
final class Patience {
  private static final int TRIES = 20;
  private static final long PAUSE_MILLIS = 500;

  private Patience() {}

  /// Tries until there is an answer.
  ///
  /// @throws UnreachableException when there is none after twenty tries
  static <T> T until(Supplier<T> attempt) {
    for (int tried = 1; ; tried++) {
      try {
        return attempt.get();
      } catch (UnreachableException | io.tallystick.sdk.terminal.UnreachableException e) {
        if (tried == TRIES) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(RuntimeException cause) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted", cause);
    }
  }
}
