package io.tallystick.risk.scoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.TransientFailure;
import io.tallystick.risk.RiskConfig;
import io.tallystick.risk.history.Reach;
import io.tallystick.risk.postgres.ThresholdsTable;
import io.tallystick.risk.thresholds.RuleBooks;
import io.tallystick.risk.thresholds.Thresholds;
import io.tallystick.risk.thresholds.ThresholdsException;
import io.tallystick.risk.thresholds.ThresholdsFile;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Reads the thresholds file again and again, and puts what changed in force. New thresholds are
/// kept for replay before the first decision is made with them.
@Singleton
public class ThresholdsReload {
  private static final Logger LOG = Logger.getLogger(ThresholdsReload.class);
  private static final int AFTER_THRESHOLDS_WERE_KEPT = 5_000;

  private final RiskConfig config;
  private final RuleBooks ruleBooks;
  private final Database database;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);

  @Inject
  ThresholdsReload(RiskConfig config, RuleBooks ruleBooks, Database database, Clock clock) {
    this.config = config;
    this.ruleBooks = ruleBooks;
    this.database = database;
    this.clock = clock;
  }

  void start(@Observes @Priority(AFTER_THRESHOLDS_WERE_KEPT) StartupEvent started) {
    Gauge.builder(
            "tallystick.risk.thresholds.refused",
            ruleBooks,
            books -> books.refusal().isPresent() ? 1 : 0)
        .description("1 while the configured thresholds file is refused and an older one in force")
        .register(Metrics.globalRegistry);
    config
        .thresholds()
        .ifPresent(file -> Thread.ofVirtual().name("thresholds-reload").start(() -> repeat(file)));
  }

  void stop(@Observes ShutdownEvent stopped) {
    stop.countDown();
  }

  private void repeat(Path file) {
    Duration pause = config.thresholdsReload();
    try {
      while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        attempt(file);
      }
    } catch (InterruptedException e) {
      LOG.debug("reading thresholds was interrupted");
    }
  }

  private void attempt(Path file) {
    try {
      reload(file);
    } catch (RuntimeException | Error failure) {
      if (TransientFailure.is(failure)) {
        LOG.warnf("thresholds can't be kept yet: %s", failure.getMessage());
      } else {
        LOG.errorf(failure, "reading thresholds failed and is tried again");
      }
    }
  }

  /// One reading.
  void reload(Path file) {
    Thresholds read;
    try {
      read = ThresholdsFile.load(file);
    } catch (ThresholdsException refused) {
      refuse(refused.getMessage() + "");
      return;
    }
    if (looksBackOnDeleted(read.ruleBook().reach())) {
      refuse(file + ": rules look back farther than tallystick.risk.retention.history");
      return;
    }
    String before = ruleBooks.current().version();
    if (read.version().equals(before)) {
      ruleBooks.confirm();
      return;
    }
    database.useTransaction(handle ->
        ThresholdsTable.keep(handle, read.version(), read.effectiveText(), clock.instant()));
    ruleBooks.replace(read);
    Metrics.counter("tallystick.risk.thresholds.reloads").increment();
    LOG.infof("thresholds %s in force instead of %s", read.version(), before);
  }

  private boolean looksBackOnDeleted(Reach reach) {
    Duration kept = config.retention().history();
    return reach.window().compareTo(kept) > 0 || reach.lookback().compareTo(kept) > 0;
  }

  private void refuse(String why) {
    if (!ruleBooks.refusal().equals(Optional.of(why))) {
      LOG.errorf("%s; %s stay in force", why, ruleBooks.current().version());
    }
    ruleBooks.refuse(why);
  }
}
