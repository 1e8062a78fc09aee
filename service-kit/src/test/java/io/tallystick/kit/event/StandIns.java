package io.tallystick.kit.event;

import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.PartitionConsumer.Shared;
import io.tallystick.kit.service.NamedService;
import io.tallystick.kit.service.ThisService;
import io.tallystick.kit.trace.Spans;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Other services beside the one that the tests run as, in this process and this database: they
/// relay and confirm what they produce, and consume. Their effect is a row in table `handled` for
/// every event they are given.
@Singleton
class StandIns {
  @Inject Database database;
  @Inject OutboxStore store;
  @Inject RedisCommands redis;
  @Inject EventsConfig config;
  @Inject EventMetrics metrics;
  @Inject Coalescers coalescers;
  @Inject Spans spans;
  @Inject Clock clock;

  private final List<Worker> workers = new ArrayList<>();
  private final List<RelaySignal> signals = new ArrayList<>();
  private volatile boolean stopping;

  /// Relays and confirms what a service produces.
  ///
  /// @return where it writes its events
  Outbox produce(String name) {
    stopping = false;
    ThisService service = NamedService.of(name);
    RelaySignal signal = new RelaySignal();
    signals.add(signal);
    Relay relay = new Relay(database, store, redis, config, metrics, signal, service);
    Confirmation confirmation =
        new Confirmation(database, store, relay, redis, config, metrics, clock);
    workers.add(
        Worker.start(
            name + "-relay",
            () -> {
              signal.await(config.relayPoll());
              relay.publish();
              return config.gather();
            }));
    workers.add(
        Worker.start(
            name + "-confirmation",
            () -> {
              confirmation.confirm();
              return config.confirmEvery();
            }));
    return new Outbox(service, config, signal, clock);
  }

  /// Consumes streams as a service does.
  void consume(String name, EventStream... streams) {
    stopping = false;
    List<EventHandler> handlers = new ArrayList<>();
    for (EventStream stream : streams) {
      handlers.add(new Handled(name, stream));
    }
    Delivery delivery = new Delivery(database, handlers, name, config, spans, clock);
    Shared shared =
        new Shared(
            delivery,
            new SharedDelivery(delivery, coalescers, config.partitions()),
            new DeadLetters(database, delivery, clock),
            metrics,
            config,
            () -> stopping);
    for (EventStream stream : streams) {
      for (int number = 0; number < config.partitions(); number++) {
        Partition partition = new Partition(stream, number);
        ConsumerGroup group = new ConsumerGroup(redis, partition, name, name + "-1");
        PartitionConsumer consumer = new PartitionConsumer(shared, partition, group);
        workers.add(Worker.start(name + "-" + partition, consumer::step));
      }
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    workers.forEach(Worker::requestStop);
    signals.forEach(RelaySignal::wake);
    for (Worker worker : workers) {
      worker.awaitStop(Duration.ofSeconds(10));
    }
    workers.clear();
    signals.clear();
  }

  private record Handled(String consumer, EventStream stream) implements EventHandler {
    @Override
    public Set<String> types() {
      return Set.of(TapDecided.getDescriptor().getName());
    }

    @Override
    public void handle(Handle handle, Event event) {
      handle.execute(
          "insert into handled (consumer, event_id, at) values (?, ?, clock_timestamp())",
          consumer,
          event.id());
    }
  }
}
