package io.tallystick.kit.event;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes the relay of this process. Any number of wakes while it works make it look once more.
@Singleton
class RelaySignal {
  private final Semaphore wakes = new Semaphore(0);

  void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /// Waits for a wake, or for the time given.
  void await(Duration most) throws InterruptedException {
    if (wakes.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
      wakes.drainPermits();
    }
  }
}
