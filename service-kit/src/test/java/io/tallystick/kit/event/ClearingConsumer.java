package io.tallystick.kit.event;

import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.PartitionConsumer.Shared;
import io.tallystick.kit.service.ThisService;
import io.tallystick.kit.trace.Spans;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Consumes `decisions` as clearing-service would, in this process and this database. Its effect is
/// a row in table `effect` for every event it is given.
@Singleton
class ClearingConsumer {
  static final String GROUP = "clearing";

  @Inject Database database;
  @Inject RedisCommands redis;
  @Inject EventsConfig config;
  @Inject EventMetrics metrics;
  @Inject Spans spans;
  @Inject Clock clock;
  @Inject ThisService service;
  @Inject Coalescers coalescers;

  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean stopping;
  private volatile SharedDelivery together;
  private volatile BiConsumer<Handle, TapDecided> before = (handle, decided) -> {};

  /// Something to happen before each effect.
  void before(BiConsumer<Handle, TapDecided> action) {
    before = action;
  }

  void start() {
    stopping = false;
    Delivery delivery = delivery();
    together = new SharedDelivery(delivery, coalescers, config.partitions());
    Shared shared =
        new Shared(
            delivery,
            together,
            new DeadLetters(database, delivery, clock),
            metrics,
            config,
            () -> stopping);
    for (int number = 0; number < config.partitions(); number++) {
      Partition partition = new Partition(EventStream.DECISIONS, number);
      PartitionConsumer consumer =
          new PartitionConsumer(shared, partition, group(number, "clearing-1"));
      workers.add(Worker.start("clearing-" + number, consumer::step));
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    workers.forEach(Worker::requestStop);
    for (Worker worker : workers) {
      worker.awaitStop(Duration.ofSeconds(10));
    }
    workers.clear();
    before = (handle, decided) -> {};
  }

  /// Partitions that have brought something which no transaction has taken yet.
  int waiting() {
    return together.waiting(EventStream.DECISIONS);
  }

  ConsumerGroup group(int number, String consumer) {
    return new ConsumerGroup(redis, new Partition(EventStream.DECISIONS, number), GROUP, consumer);
  }

  Delivery delivery() {
    return new Delivery(database, List.of(new Effects()), GROUP, config, spans, clock);
  }

  DeadLetters deadLetters() {
    return new DeadLetters(database, delivery(), clock);
  }

  private final class Effects implements EventHandler {
    @Override
    public EventStream stream() {
      return EventStream.DECISIONS;
    }

    @Override
    public Set<String> types() {
      return Set.of("TapDecided");
    }

    @Override
    public void handle(Handle handle, Event event) {
      TapDecided decided = event.as(TapDecided.parser());
      before.accept(handle, decided);
      handle.execute(
          "insert into effect (event_id, payment_id) values (?, ?)",
          event.id(),
          decided.getPaymentId());
    }
  }
}
