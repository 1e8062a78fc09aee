package io.tallystick.kit.event;

import io.grpc.Context;
import io.tallystick.kit.trace.TraceContext;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What a service does with events of one stream. Every bean of this type is called; a service may
/// have several for one stream, with different types.
///
/// The handler's effects go through the handle, whose transaction also has the inbox row: an event
/// delivered twice has its effect once. Events come in any order, several partitions at the same
/// time, in several replicas. If a handler throws, nothing is committed and the event comes again;
/// after [EventsConfig#deliveries] deliveries it becomes a dead letter. Failures that pass by
/// themselves (the database is away, a peer is UNAVAILABLE) are waited for and don't count.
public interface EventHandler {
  /// The stream; this service must be among its groups.
  EventStream stream();

  /// Types of events it wants; others are acknowledged unseen.
  Set<String> types();

  /// Applies one event.
  void handle(Handle handle, Event event);

  /// Applies several, each for the first time, in one transaction: overridden where set-based SQL
  /// is faster. If it throws, the events are applied one by one through it, so that only the bad
  /// one fails.
  default void handleBatch(Handle handle, List<Event> events) {
    for (Event event : events) {
      TraceContext.in(Context.current(), event.traceparent().orElse(null))
          .run(() -> handle(handle, event));
    }
  }
}
