package io.tallystick.kit.event;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.TransientFailure;
import io.tallystick.kit.service.ThisService;
import io.tallystick.kit.trace.Spans;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Gives events to the handlers of this service, once each: the inbox row and the handlers' effects
/// are one transaction.
@Singleton
class Delivery {
  private final Database database;
  private final List<EventHandler> handlers;
  private final String consumer;
  private final Duration oldest;
  private final Spans spans;
  private final Clock clock;

  @Inject
  Delivery(
      Database database,
      @Any Instance<EventHandler> handlers,
      ThisService service,
      EventsConfig config,
      Spans spans,
      Clock clock) {
    this(database, handlers.stream().toList(), service.name(), config, spans, clock);
  }

  Delivery(
      Database database,
      List<EventHandler> handlers,
      String consumer,
      EventsConfig config,
      Spans spans,
      Clock clock) {
    this.database = database;
    this.handlers = List.copyOf(handlers);
    this.consumer = consumer;
    this.oldest = config.keepInbox().multipliedBy(9).dividedBy(10);
    this.spans = spans;
    this.clock = clock;
    for (EventHandler handler : this.handlers) {
      if (!handler.stream().groups().contains(consumer)) {
        throw new IllegalStateException(
            "%s handles %s, of which %s is no consumer"
                .formatted(handler.getClass().getName(), handler.stream(), consumer));
      }
    }
  }

  /// Name of this service's consumer group.
  String consumer() {
    return consumer;
  }

  /// Whether a failure passes by itself, so that it says nothing about the event.
  static boolean passing(Throwable failure) {
    return TransientFailure.is(failure);
  }

  /// Too old to be told from an event that had its effect: its inbox row may have been deleted.
  boolean tooOld(Event event) {
    return event.occurredAt().isBefore(clock.instant().minus(oldest));
  }

  /// Applies events; those that had their effect already are left out, and so are those that no
  /// handler wants, which leave no inbox row either.
  void apply(EventStream stream, List<Event> events) {
    List<Event> wanted = events.stream().filter(event -> wants(stream, event)).toList();
    if (!wanted.isEmpty()) {
      database.useTransaction(handle -> apply(handle, stream, wanted));
    }
  }

  private boolean wants(EventStream stream, Event event) {
    return handlers.stream()
        .anyMatch(handler -> handler.stream() == stream && handler.types().contains(event.type()));
  }

  void apply(Handle handle, EventStream stream, List<Event> events) {
    Set<UUID> fresh = receive(handle, events);
    List<Event> wanted = events.stream().filter(event -> fresh.remove(event.id())).toList();
    for (EventHandler handler : handlers) {
      if (handler.stream() == stream) {
        List<Event> some =
            wanted.stream().filter(event -> handler.types().contains(event.type())).toList();
        if (!some.isEmpty()) {
          EventTraces.run(spans, some, traced -> give(handler, handle, traced));
        }
      }
    }
  }

  /// Writes inbox rows, in the order of their ids so that two consumers don't deadlock.
  ///
  /// @return ids of the events that had none
  Set<UUID> receive(Handle handle, List<Event> events) {
    Instant now = clock.instant();
    return new HashSet<>(
        handle
            .createQuery(
                """
                insert into inbox (consumer, event_id, received_at)
                select ?, id, ? from unnest(?::uuid[]) as received (id) order by id
                on conflict do nothing returning event_id
                """)
            .bind(0, consumer)
            .bind(1, now.atOffset(ZoneOffset.UTC))
            .bind(2, events.stream().map(Event::id).distinct().toArray(UUID[]::new))
            .mapTo(UUID.class)
            .list());
  }

  private static void give(EventHandler handler, Handle handle, List<Event> events) {
    if (events.size() == 1) {
      handler.handle(handle, events.getFirst());
    } else {
      handler.handleBatch(handle, events);
    }
  }
}
