package io.tallystick.kit.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.TransientFailure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Reads [TableGauge]s one after another on one virtual thread, so that however many there are, one
/// connection at most is used. A gauge that can't be read has no value: an old one would look like
/// health.
@Singleton
class TableGaugeSampler {
  static final int START = 6_000;
  static final int STOP = 300;

  private static final Logger LOG = Logger.getLogger(TableGaugeSampler.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);
  private static final int MOST_SERIES = 100;

  private final Database database;
  private final Duration period;
  private final List<Sampled> gauges;
  private final Counter failures;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("table-gauges").unstarted(this::run);

  @Inject
  TableGaugeSampler(
      Database database,
      MetricsConfig config,
      MeterRegistry registry,
      @Any Instance<TableGauges> sources) {
    this.database = database;
    this.period = config.sampleEvery();
    this.gauges =
        sources.stream()
            .flatMap(source -> source.gauges().stream())
            .map(gauge -> new Sampled(gauge, registry))
            .toList();
    this.failures =
        Counter.builder("tallystick.metrics.sample.failures")
            .description("Gauges that could not be read from their table")
            .register(registry);
  }

  void start(@Observes @Priority(START) StartupEvent event) {
    thread.start();
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    if (thread.getState() != Thread.State.NEW && !thread.join(STOP_WAIT)) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      do {
        gauges.forEach(this::sample);
      } while (!stop.await(period.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("sampling was interrupted");
    }
  }

  private void sample(Sampled gauge) {
    if (stop.getCount() == 0 || !gauge.due()) {
      return;
    }
    try {
      gauge.show(
          database.read(handle ->
              handle
                  .createQuery(gauge.what.sql())
                  .setMaxRows(MOST_SERIES)
                  .map((row, context) -> series(row))
                  .list()));
    } catch (RuntimeException | Error failure) {
      gauge.show(List.of());
      failures.increment();
      if (TransientFailure.is(failure)) {
        LOG.debugf("%s has no value: %s", gauge.what.name(), failure.getMessage());
      } else {
        LOG.warnf(failure, "%s has no value", gauge.what.name());
      }
    }
  }

  private static MultiGauge.Row<Number> series(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    List<String> labels = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      String label = columns.getColumnLabel(column);
      if (!label.equals("value")) {
        labels.add(label);
        labels.add(String.valueOf(row.getString(column)));
      }
    }
    return MultiGauge.Row.of(Tags.of(labels.toArray(String[]::new)), row.getDouble("value"));
  }

  /// A gauge with what was read last.
  private static final class Sampled {
    private final TableGauge what;
    private final MultiGauge meter;
    private long nextNanos = System.nanoTime();

    Sampled(TableGauge what, MeterRegistry registry) {
      this.what = what;
      this.meter =
          MultiGauge.builder(what.name()).description(what.description()).register(registry);
    }

    boolean due() {
      long now = System.nanoTime();
      if (now - nextNanos < 0) {
        return false;
      }
      nextNanos = now + what.every().toNanos();
      return true;
    }

    void show(List<MultiGauge.Row<Number>> rows) {
      meter.register(new ArrayList<>(rows), true);
    }
  }
}
