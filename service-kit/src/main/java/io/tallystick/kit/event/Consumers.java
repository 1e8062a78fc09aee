package io.tallystick.kit.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.event.PartitionConsumer.Shared;
import io.tallystick.kit.service.ThisService;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Runs a consumer for every partition of every stream that this service is a group of, also of
/// those that it has no handler for: what is acknowledged by nobody would be kept for ever.
@Singleton
class Consumers {
  /// Before the coalescers, which apply what consumers bring.
  static final int STOP = 150;

  private static final Logger LOG = Logger.getLogger(Consumers.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(7);

  private final RedisCommands redis;
  private final Delivery delivery;
  private final SharedDelivery together;
  private final DeadLetters deadLetters;
  private final EventMetrics metrics;
  private final EventsConfig config;
  private final ThisService service;
  private final List<PartitionConsumer> consumers = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean stopping;

  @Inject
  Consumers(
      RedisCommands redis,
      Delivery delivery,
      SharedDelivery together,
      DeadLetters deadLetters,
      EventMetrics metrics,
      EventsConfig config,
      ThisService service) {
    this.redis = redis;
    this.delivery = delivery;
    this.together = together;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.config = config;
    this.service = service;
  }

  boolean running() {
    return workers.stream().allMatch(Worker::running);
  }

  void start(@Observes @Priority(RelayWorkers.START) StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    Shared shared = new Shared(delivery, together, deadLetters, metrics, config, () -> stopping);
    for (EventStream stream : EventStream.values()) {
      if (stream.groups().contains(service.name())) {
        for (int number = 0; number < config.partitions(); number++) {
          start(shared, new Partition(stream, number));
        }
      }
    }
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    workers.forEach(Worker::requestStop);
    for (Worker worker : workers) {
      worker.awaitStop(STOP_WAIT);
    }
    consumers.forEach(Consumers::leave);
  }

  private void start(Shared shared, Partition partition) {
    ConsumerGroup group = new ConsumerGroup(redis, partition, service.name(), service.replica());
    PartitionConsumer consumer = new PartitionConsumer(shared, partition, group);
    consumers.add(consumer);
    workers.add(Worker.start("consumer-" + partition, consumer::step));
  }

  /// Without it the group would keep a name that nobody answers to: untidy, and harmless.
  private static void leave(PartitionConsumer consumer) {
    try {
      consumer.leave();
    } catch (RedisUnavailableException | RedisErrorException e) {
      LOG.debugf("a consumer stays in its group: %s", e.getMessage());
    }
  }
}
