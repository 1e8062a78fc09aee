package io.tallystick.verify.testing;

import io.grpc.Status;
import java.time.Duration;

/// How a played peer behaves: as it should, slow, or away.
final class Mood {
  private volatile boolean away;
  private volatile Duration delay = Duration.ZERO;

  void away(boolean isAway) {
    away = isAway;
  }

  void delay(Duration by) {
    delay = by;
  }

  void reset() {
    away = false;
    delay = Duration.ZERO;
  }

  /// To be passed before an answer.
  void pass() {
    if (!delay.isZero()) {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Status.CANCELLED.asRuntimeException();
      }
    }
    if (away) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
  }
}
