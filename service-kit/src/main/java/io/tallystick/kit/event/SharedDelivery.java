package io.tallystick.kit.event;

import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// Applies what the partitions of one stream bring at the same time in one transaction: what a
/// transaction costs is nearly the same for one event as for many.
///
/// Partitions spread the work over replicas. Within a replica there is one transaction of a stream
/// at a time, so its handlers never wait for one another's locks.
@Singleton
class SharedDelivery {
  private final Delivery delivery;
  private final Coalescers coalescers;
  private final Limits limits;
  private final Map<EventStream, Coalescer<List<Event>, Boolean>> streams =
      new ConcurrentHashMap<>();

  @Inject
  SharedDelivery(Delivery delivery, Coalescers coalescers, EventsConfig config) {
    this(delivery, coalescers, config.partitions());
  }

  /// @param partitions how many callers there are of each stream
  SharedDelivery(Delivery delivery, Coalescers coalescers, int partitions) {
    this.delivery = delivery;
    this.coalescers = coalescers;
    // Nobody gives up waiting, so the patience of the limits is never used.
    this.limits = new Limits(partitions, partitions, 1, Duration.ofMinutes(1));
  }

  /// Applies events, as [Delivery#apply(EventStream, List)], and returns when they are committed.
  /// Those of other partitions that fail don't make these fail, unless the failure passes by
  /// itself.
  void apply(EventStream stream, List<Event> events) throws InterruptedException {
    try {
      streams.computeIfAbsent(stream, this::create).submit(events).get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /// How many callers wait for the next transaction of a stream.
  int waiting(EventStream stream) {
    return streams.computeIfAbsent(stream, this::create).waiting();
  }

  private Coalescer<List<Event>, Boolean> create(EventStream stream) {
    return coalescers.create(
        "deliver-" + stream.streamName(),
        limits,
        brought -> {
          delivery.apply(stream, brought.stream().flatMap(List::stream).toList());
          return brought.stream().map(_ -> true).toList();
        });
  }

  private static RuntimeException rethrown(Throwable failure) {
    return switch (failure) {
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      default -> throw new AssertionError("handlers throw unchecked exceptions only", failure);
    };
  }
}
