package io.tallystick.kit.event;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Numbers about events: `tallystick.outbox.backlog` (rows), `tallystick.outbox.age` (seconds since
/// the oldest pending row was written), `tallystick.events.consumed`, `.failed`, `.dead`,
/// `.redis.losses`, each by stream.
@Singleton
class EventMetrics {
  private final MeterRegistry registry;
  private final AtomicLong backlog = new AtomicLong();
  private final AtomicReference<Optional<Instant>> oldest = new AtomicReference<>(Optional.empty());

  @Inject
  EventMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    registry.gauge("tallystick.outbox.backlog", backlog);
    registry.gauge(
        "tallystick.outbox.age",
        oldest,
        since ->
            since
                .get()
                .map(instant -> Duration.between(instant, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0));
  }

  void backlog(OutboxStore.Backlog waiting) {
    backlog.set(waiting.rows());
    oldest.set(waiting.oldest());
  }

  void consumed(EventStream stream, int events) {
    count("tallystick.events.consumed", stream, events);
  }

  void failed(EventStream stream) {
    count("tallystick.events.failed", stream, 1);
  }

  void dead(EventStream stream) {
    count("tallystick.events.dead", stream, 1);
  }

  void lost(EventStream stream) {
    count("tallystick.events.redis.losses", stream, 1);
  }

  private void count(String name, EventStream stream, int amount) {
    registry.counter(name, "stream", stream.streamName()).increment(amount);
  }
}
