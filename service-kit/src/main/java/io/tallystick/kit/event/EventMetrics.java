package io.tallystick.kit.event;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tallystick.kit.metric.Counters;
import io.tallystick.kit.service.ThisService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers about events: the outbox, the streams this service produces, what it consumes. Every
/// series is there from the start; `docs/operations/metrics.md` says what each means.
@Singleton
class EventMetrics {
  private static final String CONSUMED = "tallystick.events.consumed";
  private static final String FAILED = "tallystick.events.failed";
  private static final String DEAD = "tallystick.events.dead";
  private static final String LOSSES = "tallystick.events.redis.losses";

  private final MeterRegistry registry;
  private final Clock clock;
  private final AtomicLong backlog = new AtomicLong();
  private volatile Optional<Instant> oldest = Optional.empty();
  private final StreamLags lags = new StreamLags();

  @Inject
  EventMetrics(MeterRegistry registry, Clock clock, ThisService service) {
    this.registry = registry;
    this.clock = clock;
    outbox();
    for (EventStream stream : EventStream.values()) {
      if (stream.producer().equals(service.name())) {
        produced(stream);
      }
    }
    consumed(
        Arrays.stream(EventStream.values())
            .filter(stream -> stream.groups().contains(service.name()))
            .map(EventStream::streamName)
            .toList());
  }

  private void outbox() {
    Gauge.builder("tallystick.outbox.backlog", backlog, AtomicLong::get)
        .description("Events written and not yet published, counted up to 100,000")
        .register(registry);
    Gauge.builder("tallystick.outbox.age", this, metrics -> seconds(metrics.oldest))
        .description("Since the oldest event that is not yet published was written")
        .baseUnit("seconds")
        .register(registry);
  }

  private void produced(EventStream stream) {
    String name = stream.streamName();
    Gauge.builder("tallystick.stream.entries", lags, all -> all.entries(stream))
        .description("Entries in Redis that some consumer group has not acknowledged")
        .tag("stream", name)
        .register(registry);
    for (String group : stream.groups()) {
      Gauge.builder("tallystick.stream.lag", lags, all -> all.lag(stream, group))
          .description("Age of the oldest entry that the group has not acknowledged")
          .baseUnit("seconds")
          .tags("stream", name, "group", group)
          .register(registry);
    }
    Counters.declare(
        registry, LOSSES, "Times that Redis lost entries of a partition", "stream", List.of(name));
  }

  private void consumed(List<String> streams) {
    Counters.declare(registry, CONSUMED, "Events that had their effect here", "stream", streams);
    Counters.declare(registry, FAILED, "Deliveries that failed and count", "stream", streams);
    Counters.declare(registry, DEAD, "Events that were given up", "stream", streams);
  }

  void backlog(OutboxStore.Backlog waiting) {
    backlog.set(waiting.rows());
    oldest = waiting.oldest();
  }

  /// How many entries a partition has.
  void entries(Partition partition, long entries) {
    lags.entries(partition, entries);
  }

  /// Since when a group has something to acknowledge in a partition; empty when it has not.
  void lag(Partition partition, String group, Optional<Instant> since) {
    lags.lag(partition, group, seconds(since));
  }

  void consumed(EventStream stream, int events) {
    count(CONSUMED, stream, events);
  }

  void failed(EventStream stream) {
    count(FAILED, stream, 1);
  }

  void dead(EventStream stream) {
    count(DEAD, stream, 1);
  }

  void lost(EventStream stream) {
    count(LOSSES, stream, 1);
  }

  private void count(String name, EventStream stream, int amount) {
    registry.counter(name, "stream", stream.streamName()).increment(amount);
  }

  /// Clocks of this machine and of the stores may differ a little: never negative.
  private double seconds(Optional<Instant> since) {
    return since
        .map(instant -> Math.max(0, Duration.between(instant, clock.instant()).toMillis() / 1e3))
        .orElse(0.0);
  }
}
