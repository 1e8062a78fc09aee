package io.tallystick.kit.event;

import com.google.protobuf.ByteString;
import io.tallystick.kit.database.Pipeline;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The SQL of the outbox. Locks are taken in this order: pending rows, then partitions by name,
/// then published rows; only who holds a partition changes its published rows.
@Singleton
class OutboxStore {
  /// A row to be published, locked by the transaction that read it.
  record Row(long id, Partition partition, Event event) {}

  /// A row that was published, with the entry it became.
  record Published(long id, EntryId entry) {}

  /// What waits: how much (counted up to a limit), and since when.
  record Backlog(long rows, Optional<Instant> oldest) {}

  private static final int BACKLOG_LIMIT = 100_000;

  List<Row> lockPending(
      Handle handle, List<String> streams, Collection<Partition> full, int limit) {
    return handle
        .createQuery(
            """
            select id, event_id, stream, partition, partition_key, type, occurred_at, traceparent, payload
            from outbox
            where status = 'pending' and stream = any(?) and not (stream || ':' || partition) = any(?)
            order by id limit ? for update skip locked
            """)
        .bind(0, streams.toArray(String[]::new))
        .bind(1, full.stream().map(Partition::toString).toArray(String[]::new))
        .bind(2, limit)
        .map((row, context) -> row(row))
        .list();
  }

  /// Locks partitions, making their rows at first use; gives the beat of the last published batch
  /// of each.
  Map<Partition, Long> lockPartitions(Handle handle, Set<Partition> partitions) {
    Map<Partition, Long> beats = lockKnown(handle, partitions);
    if (beats.size() < partitions.size()) {
      named(
              partitions,
              handle.createUpdate(
                  """
                  insert into outbox_partition (stream, partition)
                  select * from unnest(:streams, :numbers) on conflict do nothing
                  """))
          .execute();
      beats = lockKnown(handle, partitions);
    }
    return beats;
  }

  private static Map<Partition, Long> lockKnown(Handle handle, Set<Partition> partitions) {
    Map<Partition, Long> beats = new TreeMap<>();
    named(
            partitions,
            handle.createQuery(
                """
                select stream, partition, beat from outbox_partition
                where (stream, partition) in (select * from unnest(:streams, :numbers))
                order by stream, partition for update
                """))
        .map((row, _) -> Map.entry(partition(row), row.getLong("beat")))
        .forEach(beat -> beats.put(beat.getKey(), beat.getValue()));
    return beats;
  }

  private static <S extends SqlStatement<S>> S named(Collection<Partition> partitions, S sql) {
    return sql.bindArray(
            "streams",
            String.class,
            partitions.stream().map(partition -> partition.stream().streamName()).toList())
        .bindArray("numbers", Integer.class, partitions.stream().map(Partition::number).toList());
  }

  /// Locks a partition unless somebody else has it, or nothing was ever published to it.
  Optional<Long> tryLockPartition(Handle handle, Partition partition) {
    return beat(handle, partition, "for update skip locked");
  }

  void saveBeat(Handle handle, Partition partition, long beat) {
    handle.execute(
        "update outbox_partition set beat = ? where stream = ? and partition = ?",
        beat,
        partition.stream().streamName(),
        partition.number());
  }

  /// Rows that became entries are published.
  ///
  /// @param beats of the partitions they went to
  void markPublished(Handle handle, List<Published> rows, Map<Partition, Long> beats) {
    if (rows.isEmpty()) {
      return;
    }
    Pipeline pipeline = Pipeline.on(handle);
    pipeline.update(
        named(
                beats.keySet(),
                handle.createUpdate(
                    """
                    update outbox_partition set beat = counted.beat
                    from unnest(:streams, :numbers, :beats) as counted (stream, number, beat)
                    where outbox_partition.stream = counted.stream and partition = counted.number
                    """))
            .bindArray("beats", Long.class, List.copyOf(beats.values())));
    pipeline.update(
        handle
            .createUpdate(
                """
                update outbox set status = 'published', entry_ms = sent.ms, entry_seq = sent.seq
                from unnest(:ids, :ms, :seqs) as sent (id, ms, seq)
                where outbox.id = sent.id
                """)
            .bindArray("ids", Long.class, rows.stream().map(Published::id).toList())
            .bindArray("ms", Long.class, rows.stream().map(row -> row.entry().millis()).toList())
            .bindArray(
                "seqs", Long.class, rows.stream().map(row -> row.entry().sequence()).toList()));
    pipeline.send();
  }

  /// Everything published to the partition and not delivered is to be published again.
  int requeue(Handle handle, Partition partition) {
    return handle.execute(
        """
        update outbox set status = 'pending', entry_ms = null, entry_seq = null
        where stream = ? and partition = ? and status = 'published'
        """,
        partition.stream().streamName(),
        partition.number());
  }

  Optional<EntryId> highestPublished(Handle handle, Partition partition) {
    return handle
        .createQuery(
            """
            select entry_ms, entry_seq from outbox
            where stream = ? and partition = ? and status = 'published'
            order by entry_ms desc, entry_seq desc limit 1
            """)
        .bind(0, partition.stream().streamName())
        .bind(1, partition.number())
        .map((row, context) -> new EntryId(row.getLong(1), row.getLong(2)))
        .findOne();
  }

  /// Rows whose entries every group has acknowledged are delivered.
  ///
  /// @param below the first entry that is not acknowledged by all
  int markDelivered(Handle handle, Partition partition, EntryId below, Instant now, int limit) {
    return handle.execute(
        """
        update outbox set status = 'delivered', delivered_at = ? where id in (
            select id from outbox
            where stream = ? and partition = ? and status = 'published' and (entry_ms, entry_seq) < (?, ?)
            order by entry_ms, entry_seq limit ?)
        """,
        now.atOffset(ZoneOffset.UTC),
        partition.stream().streamName(),
        partition.number(),
        below.millis(),
        below.sequence(),
        limit);
  }

  Backlog backlog(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*), min(occurred_at)
            from (select occurred_at from outbox where status = 'pending' order by id limit ?) waiting
            """)
        .bind(0, BACKLOG_LIMIT)
        .map((row, context) -> new Backlog(row.getLong(1), Optional.ofNullable(instant(row, 2))))
        .one();
  }

  private static Optional<Long> beat(Handle handle, Partition partition, String lock) {
    return handle
        .createQuery("select beat from outbox_partition where stream = ? and partition = ? " + lock)
        .bind(0, partition.stream().streamName())
        .bind(1, partition.number())
        .mapTo(Long.class)
        .findOne();
  }

  private static Row row(ResultSet row) throws SQLException {
    Event event =
        new Event(
            row.getObject("event_id", UUID.class),
            row.getString("type"),
            row.getString("partition_key"),
            row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
            Optional.ofNullable(row.getString("traceparent")),
            ByteString.copyFrom(row.getBytes("payload")));
    return new Row(row.getLong("id"), partition(row), event);
  }

  private static Partition partition(ResultSet row) throws SQLException {
    EventStream stream = EventStream.named(row.getString("stream")).orElseThrow();
    return new Partition(stream, row.getInt("partition"));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
