package io.tallystick.verify.payment;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.verify.code.postgres.PostgresPresentations;
import io.tallystick.verify.guess.postgres.PostgresGuesses;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What has to be done again and again: the sweep of stale orders, and forgetting counts and codes
/// that nothing looks at any more. Each replica does it; rows in work at another are skipped.
@Singleton
class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration KEEP_ONLINE_CODES = Duration.ofDays(1);
  private static final int MOST_FORGOTTEN = 5_000;

  /// Before calls, coalescers, peers and the database end.
  private static final int STOP = 80;

  private static final long STOP_WAIT_MILLIS = 5_000;

  private final StaleOrders staleOrders;
  private final CodeOrders orders;
  private final Database database;
  private final PostgresGuesses guesses;
  private final HousekeepingConfig config;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  @Inject
  Housekeeping(
      StaleOrders staleOrders,
      CodeOrders orders,
      Database database,
      GuessConfig guessConfig,
      HousekeepingConfig config) {
    this.staleOrders = staleOrders;
    this.orders = orders;
    this.database = database;
    this.guesses = new PostgresGuesses(guessConfig.policy());
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      thread = Thread.ofVirtual().name("verify-housekeeping").start(this::loop);
    }
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join(STOP_WAIT_MILLIS);
    }
  }

  private void loop() {
    while (!stopping) {
      try {
        Thread.sleep(config.every());
        staleOrders.sweep();
        forget();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error failure) {
        LOG.warnf("housekeeping is tried again in %s: %s", config.every(), ApiErrors.from(failure));
      }
    }
  }

  private void forget() {
    Instant now = orders.now();
    database.useTransaction(handle -> guesses.forget(handle, now, MOST_FORGOTTEN));
    database.useTransaction(handle ->
        PostgresPresentations.forgetOnlineCodes(
            handle, now.minus(KEEP_ONLINE_CODES), MOST_FORGOTTEN));
  }
}
