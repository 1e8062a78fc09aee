package io.tallystick.notify.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerTest {
  @Test
  void goesOnAfterAFailureOfAnyKind() throws Exception {
    CountDownLatch runs = new CountDownLatch(2);
    Worker.Step failing =
        () -> {
          runs.countDown();
          throw new AssertionError("a step that fails");
        };
    try (Worker worker = Worker.start("failing", Duration.ofMillis(1), failing)) {
      worker.wake();
      assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
