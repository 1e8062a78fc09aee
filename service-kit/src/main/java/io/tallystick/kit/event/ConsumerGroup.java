package io.tallystick.kit.event;

import io.tallystick.kit.event.RedisReplies.Entry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The commands of one consumer in one group of one partition.
final class ConsumerGroup {
  private static final int DEAD_STREAM_LENGTH = 10_000;

  private final RedisCommands redis;
  private final Partition partition;
  private final String group;
  private final String consumer;

  ConsumerGroup(RedisCommands redis, Partition partition, String group, String consumer) {
    this.redis = redis;
    this.partition = partition;
    this.group = group;
    this.consumer = consumer;
  }

  /// Makes the group, at the beginning of the stream, and the stream if there is none.
  void create() {
    try {
      redis.send(group("CREATE").arg(group).arg("0").arg("MKSTREAM"));
    } catch (RedisErrorException e) {
      if (!e.busyGroup()) {
        throw e;
      }
    }
  }

  /// Entries that no consumer of the group had yet; waits for some.
  List<Entry> read(int count, Duration block) {
    Request request =
        Request.cmd(Command.XREADGROUP)
            .arg("GROUP")
            .arg(group)
            .arg(consumer)
            .arg("COUNT")
            .arg(count)
            .arg("BLOCK")
            .arg(Math.max(1, block.toMillis()))
            .arg("STREAMS")
            .arg(partition.key())
            .arg(">");
    return RedisReplies.entriesOfStream(redis.sendBlocking(request, block));
  }

  /// Takes over entries that their consumer hasn't acknowledged for `idle`.
  List<Entry> takeOver(Duration idle, int count) {
    Response reply =
        redis.send(
            Request.cmd(Command.XAUTOCLAIM)
                .arg(partition.key())
                .arg(group)
                .arg(consumer)
                .arg(idle.toMillis())
                .arg("0-0")
                .arg("COUNT")
                .arg(count));
    return reply == null ? List.of() : RedisReplies.entries(reply.get(1));
  }

  /// Has entries of this consumer delivered to it once more.
  List<Entry> again(Collection<EntryId> ids) {
    Request request =
        Request.cmd(Command.XCLAIM).arg(partition.key()).arg(group).arg(consumer).arg(0);
    ids.forEach(id -> request.arg(id.toString()));
    return RedisReplies.entries(redis.send(request));
  }

  /// How often each entry that this consumer has was delivered, by entry; at most `count` from
  /// `from`.
  Map<EntryId, Long> deliveries(EntryId from, EntryId to, int count) {
    Map<EntryId, Long> deliveries = new HashMap<>();
    Response reply =
        redis.send(
            Request.cmd(Command.XPENDING)
                .arg(partition.key())
                .arg(group)
                .arg(from.toString())
                .arg(to.toString())
                .arg(count)
                .arg(consumer));
    for (Response pending : RedisReplies.list(reply)) {
      deliveries.put(EntryId.parse(pending.get(0).toString()), pending.get(3).toLong());
    }
    return deliveries;
  }

  /// Whether the stream still has an entry.
  boolean has(EntryId id) {
    Request range =
        Request.cmd(Command.XRANGE).arg(partition.key()).arg(id.toString()).arg(id.toString());
    return !RedisReplies.entries(redis.send(range)).isEmpty();
  }

  void acknowledge(Collection<EntryId> ids) {
    Request request = Request.cmd(Command.XACK).arg(partition.key()).arg(group);
    ids.forEach(id -> request.arg(id.toString()));
    redis.send(request);
  }

  /// Copies a dead entry to the partition's dead-letter stream, which keeps the latest ones.
  void copyToDead(Entry entry, String reason, String message, boolean withFields) {
    Request add =
        Request.cmd(Command.XADD)
            .arg(partition.stream().deadKey(partition.number()))
            .arg("MAXLEN")
            .arg("~")
            .arg(DEAD_STREAM_LENGTH)
            .arg("*")
            .arg("dead-group")
            .arg(group)
            .arg("dead-entry")
            .arg(entry.id().toString())
            .arg("dead-reason")
            .arg(reason)
            .arg("dead-message")
            .arg(message);
    if (withFields) {
      entry.fields().forEach((name, value) -> add.arg(name).arg(value));
    }
    redis.send(add);
  }

  /// Removes this consumer from the group, unless it has entries that another must take over.
  void leave() {
    List<Response> pending =
        RedisReplies.list(
            redis.send(
                Request.cmd(Command.XPENDING)
                    .arg(partition.key())
                    .arg(group)
                    .arg("-")
                    .arg("+")
                    .arg(1)
                    .arg(consumer)));
    if (pending.isEmpty()) {
      redis.send(group("DELCONSUMER").arg(group).arg(consumer));
    }
  }

  private Request group(String subcommand) {
    return Request.cmd(StreamCommands.XGROUP).arg(subcommand).arg(partition.key());
  }
}
