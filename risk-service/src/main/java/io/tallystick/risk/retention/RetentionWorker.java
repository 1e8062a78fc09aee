package io.tallystick.risk.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.error.TransientFailure;
import io.tallystick.risk.RiskConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Runs the retention job now and then, in every replica: they take different rows.
@Singleton
public class RetentionWorker {
  private static final Logger LOG = Logger.getLogger(RetentionWorker.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final Retention retention;
  private final Duration every;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("retention").unstarted(this::work);

  @Inject
  RetentionWorker(Retention retention, RiskConfig config) {
    this.retention = retention;
    this.every = config.retention().every();
  }

  void start(@Observes StartupEvent started) {
    retention.check();
    thread.start();
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    stop.countDown();
    if (!thread.join(STOP_WAIT)) {
      // A batch is one short transaction; it is rolled back whole.
      thread.interrupt();
    }
  }

  private void work() {
    try {
      while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        once();
      }
    } catch (InterruptedException e) {
      LOG.debug("interrupted while waiting for the next run");
    }
  }

  private void once() {
    try {
      LOG.debugf("deleted %s", retention.run());
    } catch (RuntimeException | Error failure) {
      if (TransientFailure.is(failure)) {
        LOG.warnf("nothing was deleted, the database is away: %s", failure.getMessage());
      } else {
        LOG.errorf(failure, "the retention job failed and is tried again in %s", every);
      }
    }
  }
}
