package io.tallystick.kit.event;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.OutboxStore.Published;
import io.tallystick.kit.event.OutboxStore.Row;
import io.tallystick.kit.service.ThisService;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Moves pending outbox rows to their streams. Any number of replicas may do so at the same time.
///
/// The rows are marked as published in the transaction that locked them, after Redis answered: a
/// crash in between publishes them twice, which the inbox of each consumer makes harmless.
@Singleton
class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);

  private final Database database;
  private final OutboxStore store;
  private final RedisCommands redis;
  private final EventsConfig config;
  private final EventMetrics metrics;
  private final RelaySignal signal;
  private final List<String> streams;
  private final Set<Partition> full = ConcurrentHashMap.newKeySet();

  @Inject
  Relay(
      Database database,
      OutboxStore store,
      RedisCommands redis,
      EventsConfig config,
      EventMetrics metrics,
      RelaySignal signal,
      ThisService service) {
    this.database = database;
    this.store = store;
    this.redis = redis;
    this.config = config;
    this.metrics = metrics;
    this.signal = signal;
    this.streams =
        Stream.of(EventStream.values())
            .filter(stream -> stream.producer().equals(service.name()))
            .map(EventStream::streamName)
            .toList();
  }

  /// Publishes one batch.
  ///
  /// @return how many rows; the limit if there may be more
  /// @throws RedisUnavailableException if Redis is away; what it took before is marked
  int publish() {
    Outcome outcome = database.inTransaction(this::publish);
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    return outcome.rows();
  }

  /// How many entries a partition has, as seen lately; a full one gets no more until it is trimmed.
  void observeLength(Partition partition, long entries) {
    boolean changed =
        entries >= config.partitionLimit() ? full.add(partition) : full.remove(partition);
    metrics.entries(partition, entries);
    if (changed) {
      LOG.infof("%s is %s", partition, full.contains(partition) ? "full" : "no longer full");
      signal.wake();
    }
  }

  /// Redis lost what was published: everything not yet delivered is to be published again.
  ///
  /// @param beat of the partition in Redis now
  void recover(Handle handle, Partition partition, long beat) {
    int rows = store.requeue(handle, partition);
    store.saveBeat(handle, partition, beat);
    metrics.lost(partition.stream());
    LOG.warnf("Redis lost entries of %s; %d events are published again", partition, rows);
    handle.afterCommit(signal::wake);
  }

  private record Outcome(int rows, @Nullable RedisUnavailableException failure) {}

  private Outcome publish(Handle handle) {
    List<Row> rows = store.lockPending(handle, streams, full, config.relayBatch());
    if (rows.isEmpty()) {
      return new Outcome(0, null);
    }
    Map<Partition, List<Row>> byPartition =
        rows.stream()
            .collect(Collectors.groupingBy(Row::partition, TreeMap::new, Collectors.toList()));
    Map<Partition, Long> beatsBefore = store.lockPartitions(handle, byPartition.keySet());
    Map<Partition, Long> beats = new TreeMap<>();
    List<Published> published = new ArrayList<>(rows.size());
    RedisUnavailableException failure = null;
    for (Map.Entry<Partition, List<Row>> entry : byPartition.entrySet()) {
      Partition partition = entry.getKey();
      try {
        Added added = add(partition, entry.getValue());
        long kept = requireNonNull(beatsBefore.get(partition));
        if (Beat.lostAfter(kept, added.step(), added.beat())) {
          // Redis may have lost a part of this very batch, between two of its commands: it stays
          // pending.
          recover(handle, partition, added.beat());
        } else {
          beats.put(partition, added.beat());
          published.addAll(added.rows());
        }
      } catch (RedisUnavailableException e) {
        failure = e;
        break;
      }
    }
    store.markPublished(handle, published, beats);
    return new Outcome(published.size(), failure);
  }

  /// What Redis took, how far it was to raise the partition's counter, and the counter after it.
  private record Added(List<Published> rows, long step, long beat) {}

  private Added add(Partition partition, List<Row> rows) {
    long step = Beat.step();
    List<Request> requests = new ArrayList<>(rows.size() + 2);
    for (Row row : rows) {
      Request add = Request.cmd(Command.XADD).arg(partition.key()).arg("*");
      requests.add(EventCodec.addFields(add, row.event()));
    }
    // After the entries, so that a Redis that kept the counter kept them too.
    requests.add(Beat.count(partition, step));
    requests.add(Request.cmd(Command.XLEN).arg(partition.key()));
    List<Response> answers = redis.batch(requests);
    observeLength(partition, answers.get(rows.size() + 1).toLong());
    List<Published> published = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      published.add(new Published(rows.get(i).id(), EntryId.parse(answers.get(i).toString())));
    }
    return new Added(published, step, answers.get(rows.size()).toLong());
  }

  /// Streams that this service produces.
  Stream<EventStream> produced() {
    return streams.stream().map(EventStream::named).flatMap(Optional::stream);
  }
}
