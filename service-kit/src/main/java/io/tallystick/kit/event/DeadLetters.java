package io.tallystick.kit.event;

import com.google.protobuf.ByteString;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Entries that were given up. A person looks at the reason, and may have one delivered again.
@Singleton
public class DeadLetters {
  /// Why an entry was given up.
  public enum Reason {
    /// Its handler failed at every delivery.
    HANDLER_FAILED,
    /// It was delivered too often without an outcome: whoever had it died.
    NO_OUTCOME,
    /// It is no event, or its data no such message.
    UNDECODABLE,
    /// Its data is larger than allowed; it is not kept.
    OVERSIZED,
    /// It can't be told any more from an event that had its effect.
    TOO_OLD
  }

  /// One of them.
  ///
  /// @param event absent if the entry was no event
  public record DeadLetter(
      long id,
      EventStream stream,
      String entryId,
      Reason reason,
      String message,
      long deliveries,
      Instant diedAt,
      Optional<Event> event) {}

  /// What is known about an entry that dies.
  record Obituary(
      Partition partition,
      EntryId entry,
      Optional<Event> event,
      Reason reason,
      String message,
      long deliveries) {
    Obituary {
      // It may quote what was sent, and has to be storable whatever that was.
      message = message.replace('\0', '\uFFFD');
    }
  }

  private static final int LONGEST_MESSAGE = 500;

  private final Database database;
  private final Delivery delivery;
  private final Clock clock;

  @Inject
  DeadLetters(Database database, Delivery delivery, Clock clock) {
    this.database = database;
    this.delivery = delivery;
    this.clock = clock;
  }

  /// The latest ones, newest first.
  public List<DeadLetter> list(int limit) {
    return list(Optional.empty(), Long.MAX_VALUE, limit);
  }

  /// Those of one stream or of all, newest first.
  ///
  /// @param before ids below this one
  public List<DeadLetter> list(Optional<EventStream> stream, long before, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                select * from dead_letter where id < :before and (:stream = '' or stream = :stream)
                order by id desc limit :limit
                """)
            .bind("before", before)
            .bind("stream", stream.map(EventStream::streamName).orElse(""))
            .bind("limit", limit)
            .map((row, context) -> deadLetter(row))
            .list());
  }

  /// Delivers one again; if its handlers accept it now it is no dead letter any more.
  ///
  /// @throws io.tallystick.kit.error.ApiException `NOT_FOUND` if there is none of this id,
  ///   `FAILED_PRECONDITION` if it is no event
  public void retry(long id) {
    database.useTransaction(handle -> {
      DeadLetter letter =
          handle
              .createQuery("select * from dead_letter where id = ? for update")
              .bind(0, id)
              .map((row, context) -> deadLetter(row))
              .findOne()
              .orElseThrow(
                  () -> ApiErrors.notFound("NO_SUCH_DEAD_LETTER", "there is no such entry"));
      Event event =
          letter
              .event()
              .orElseThrow(() -> ApiErrors.failedPrecondition("NO_EVENT", "the entry is no event"));
      handle.execute(
          "delete from inbox where consumer = ? and event_id = ?", delivery.consumer(), event.id());
      delivery.apply(handle, letter.stream(), List.of(event));
      handle.execute("delete from dead_letter where id = ?", id);
    });
  }

  /// Gives an entry up. Its inbox row is written too, so that a copy is not delivered again.
  ///
  /// @return false if the event had its effect already, and nothing was written
  boolean bury(Obituary dead) {
    return database.inTransaction(handle -> {
      if (dead.event().isPresent()
          && delivery.receive(handle, List.of(dead.event().get())).isEmpty()) {
        return false;
      }
      insert(handle, dead);
      return true;
    });
  }

  private void insert(Handle handle, Obituary dead) {
    Event event = dead.event().orElse(null);
    String message = dead.message();
    handle.execute(
        """
        insert into dead_letter (consumer, stream, partition, entry_id, event_id, type, partition_key,
            occurred_at, traceparent, payload, reason, message, deliveries, died_at)
        values (?, ?, ?, ?, ?::uuid, ?, ?, ?::timestamptz, ?, ?::bytea, ?, ?, ?, ?)
        on conflict do nothing
        """,
        delivery.consumer(),
        dead.partition().stream().streamName(),
        dead.partition().number(),
        dead.entry().toString(),
        event == null ? null : event.id(),
        event == null ? null : event.type(),
        event == null ? null : event.key(),
        event == null ? null : event.occurredAt().atOffset(ZoneOffset.UTC),
        event == null ? null : event.traceparent().orElse(null),
        event == null ? null : event.data().toByteArray(),
        dead.reason().name(),
        message.substring(0, Math.min(LONGEST_MESSAGE, message.length())),
        dead.deliveries(),
        clock.instant().atOffset(ZoneOffset.UTC));
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        EventStream.named(row.getString("stream")).orElseThrow(),
        row.getString("entry_id"),
        Reason.valueOf(row.getString("reason")),
        row.getString("message"),
        row.getLong("deliveries"),
        row.getObject("died_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(event(row)));
  }

  private static @Nullable Event event(ResultSet row) throws SQLException {
    UUID id = row.getObject("event_id", UUID.class);
    if (id == null) {
      return null;
    }
    return new Event(
        id,
        row.getString("type"),
        row.getString("partition_key"),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("traceparent")),
        ByteString.copyFrom(row.getBytes("payload")));
  }
}
