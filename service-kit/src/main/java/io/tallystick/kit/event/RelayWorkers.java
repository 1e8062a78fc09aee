package io.tallystick.kit.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs relay, listener, confirmation and cleaner while the service does.
@Singleton
class RelayWorkers {
  static final int STOP = 400;

  /// After the service's own observers, which have 2500 unless they say otherwise.
  static final int START = 5_000;

  private static final Duration STOP_WAIT = Duration.ofSeconds(7);

  private final Relay relay;
  private final RelaySignal signal;
  private final OutboxListener listener;
  private final Confirmation confirmation;
  private final OutboxCleaner cleaner;
  private final OutboxStore store;
  private final Database database;
  private final EventMetrics metrics;
  private final EventsConfig config;
  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean stopping;

  @Inject
  RelayWorkers(
      Relay relay,
      RelaySignal signal,
      OutboxListener listener,
      Confirmation confirmation,
      OutboxCleaner cleaner,
      OutboxStore store,
      Database database,
      EventMetrics metrics,
      EventsConfig config) {
    this.relay = relay;
    this.signal = signal;
    this.listener = listener;
    this.confirmation = confirmation;
    this.cleaner = cleaner;
    this.store = store;
    this.database = database;
    this.metrics = metrics;
    this.config = config;
  }

  boolean running() {
    return workers.stream().allMatch(Worker::running);
  }

  void start(@Observes @Priority(START) StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    workers.add(Worker.start("outbox-relay", this::relay));
    workers.add(Worker.start("outbox-listener", this::listen));
    workers.add(Worker.start("outbox-confirmation", this::confirm));
    workers.add(Worker.start("outbox-cleaner", this::clean));
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    workers.forEach(Worker::requestStop);
    signal.wake();
    for (Worker worker : workers) {
      worker.awaitStop(STOP_WAIT);
    }
  }

  private Duration relay() throws InterruptedException {
    signal.await(config.relayPoll());
    boolean helpAsked = false;
    int published = relay.publish();
    while (published == config.relayBatch() && !stopping) {
      if (!helpAsked) {
        helpAsked = true;
        askForHelp();
      }
      published = relay.publish();
    }
    return published == 0 ? Duration.ZERO : config.gather();
  }

  /// More waits than one batch: the other replicas' relays may take some of it.
  private void askForHelp() {
    database.useTransaction(handle ->
        handle
            .createQuery("select 1 from pg_notify('outbox_' || current_schema(), '')")
            .mapTo(Integer.class)
            .one());
  }

  private Duration listen() {
    listener.listen(() -> stopping);
    return Duration.ZERO;
  }

  private Duration confirm() {
    metrics.backlog(database.read(store::backlog));
    confirmation.confirm();
    return config.confirmEvery();
  }

  private Duration clean() {
    cleaner.clean();
    return config.cleanEvery();
  }
}
