package io.tallystick.kit.event;

import io.tallystick.kit.database.Database;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// Follows what consumers acknowledge: rows that every group has acknowledged are delivered, and
/// their entries trimmed. Detects that Redis lost something, and has it published again.
///
/// A loss shows in any of: the partition's counter of published batches is not the last one stored
/// ([Beat]); the stream is absent; its last id is below that of a published row. Replication and
/// the append-only file keep a prefix of what was written, and the counter is written after the
/// entries it counts, so entries can't be missing while the counter is right.
@Singleton
class Confirmation {
  private static final int ROWS_AT_ONCE = 5_000;

  private final Database database;
  private final OutboxStore store;
  private final Relay relay;
  private final RedisCommands redis;
  private final EventsConfig config;
  private final EventMetrics metrics;
  private final Clock clock;

  @Inject
  Confirmation(
      Database database,
      OutboxStore store,
      Relay relay,
      RedisCommands redis,
      EventsConfig config,
      EventMetrics metrics,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.relay = relay;
    this.redis = redis;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Looks at every partition that this service publishes to.
  void confirm() {
    relay
        .produced()
        .flatMap(stream ->
            IntStream.range(0, config.partitions()).mapToObj(n -> new Partition(stream, n)))
        .forEach(this::confirm);
  }

  private void confirm(Partition partition) {
    Optional<EntryId> acknowledged = database.inTransaction(handle -> confirm(handle, partition));
    acknowledged.ifPresent(below ->
        redis.send(
            Request.cmd(Command.XTRIM).arg(partition.key()).arg("MINID").arg(below.toString())));
    // Whatever emptied it, and whoever looked at it: a full partition gets nothing until it is
    // seen.
    Response length = redis.send(Request.cmd(Command.XLEN).arg(partition.key()));
    relay.observeLength(partition, length == null ? 0 : length.toLong());
  }

  /// @return the first entry that not all groups have acknowledged; empty if there is nothing to
  ///   trim
  private Optional<EntryId> confirm(Handle handle, Partition partition) {
    Optional<Long> beat = store.tryLockPartition(handle, partition);
    if (beat.isEmpty()) {
      return Optional.empty();
    }
    Optional<EntryId> highest = store.highestPublished(handle, partition);
    long beatNow = beatInRedis(partition);
    Optional<EntryId> last = lastEntry(partition);
    boolean lost =
        Beat.lost(beat.get(), beatNow)
            || (highest.isPresent() && (last.isEmpty() || last.get().compareTo(highest.get()) < 0));
    if (lost) {
      relay.recover(handle, partition, beatNow);
      return Optional.empty();
    }
    if (last.isEmpty()) {
      return Optional.empty();
    }
    EntryId acknowledged = acknowledgedByAll(partition, last.get());
    if (highest.isPresent()) {
      markDelivered(handle, partition, acknowledged);
    }
    return acknowledged.equals(EntryId.ZERO) ? Optional.empty() : Optional.of(acknowledged);
  }

  private void markDelivered(Handle handle, Partition partition, EntryId below) {
    int marked;
    do {
      marked = store.markDelivered(handle, partition, below, clock.instant(), ROWS_AT_ONCE);
    } while (marked == ROWS_AT_ONCE);
  }

  private long beatInRedis(Partition partition) {
    Response beat =
        redis.send(Request.cmd(Command.GET).arg(partition.stream().beatKey(partition.number())));
    return beat == null ? 0 : beat.toLong();
  }

  private Optional<EntryId> lastEntry(Partition partition) {
    try {
      Response info =
          redis.send(Request.cmd(StreamCommands.XINFO).arg("STREAM").arg(partition.key()));
      return RedisReplies.field(info, "last-generated-id").map(EntryId::parse);
    } catch (RedisErrorException e) {
      if (e.noSuchKey()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The first entry that some group of the stream has not acknowledged.
  private EntryId acknowledgedByAll(Partition partition, EntryId last) {
    Map<String, Response> groups = new HashMap<>();
    Response infos =
        redis.send(Request.cmd(StreamCommands.XINFO).arg("GROUPS").arg(partition.key()));
    for (Response info : RedisReplies.list(infos)) {
      RedisReplies.field(info, "name").ifPresent(name -> groups.put(name, info));
    }
    EntryId least = null;
    for (String group : partition.stream().groups()) {
      EntryId acknowledged =
          groups.containsKey(group)
              ? acknowledged(partition, group, groups.get(group))
              : EntryId.ZERO;
      metrics.lag(partition, group, waitingSince(partition, acknowledged, last));
      least = least == null || acknowledged.compareTo(least) < 0 ? acknowledged : least;
    }
    return least == null ? EntryId.ZERO : least;
  }

  /// When the first entry was added that a group has not acknowledged.
  private Optional<Instant> waitingSince(Partition partition, EntryId acknowledged, EntryId last) {
    if (acknowledged.compareTo(last) > 0) {
      return Optional.empty();
    }
    List<Response> waiting =
        RedisReplies.list(
            redis.send(
                Request.cmd(Command.XRANGE)
                    .arg(partition.key())
                    .arg(acknowledged.toString())
                    .arg("+")
                    .arg("COUNT")
                    .arg(1)));
    return waiting.stream()
        .findFirst()
        .map(entry -> Instant.ofEpochMilli(EntryId.parse(entry.get(0).toString()).millis()));
  }

  /// The pending count and the last delivered id are of one moment; if nothing was pending then,
  /// all up to that id is acknowledged, whatever has been delivered since.
  private EntryId acknowledged(Partition partition, String group, Response info) {
    EntryId delivered =
        RedisReplies.field(info, "last-delivered-id").map(EntryId::parse).orElse(EntryId.ZERO);
    EntryId afterDelivered = delivered.equals(EntryId.ZERO) ? delivered : delivered.next();
    if (RedisReplies.field(info, "pending").orElse("0").equals("0")) {
      return afterDelivered;
    }
    List<Response> summary =
        RedisReplies.list(
            redis.send(Request.cmd(Command.XPENDING).arg(partition.key()).arg(group)));
    boolean nonePending = summary.isEmpty() || summary.getFirst().toLong() == 0;
    return nonePending ? afterDelivered : EntryId.parse(summary.get(1).toString());
  }
}
