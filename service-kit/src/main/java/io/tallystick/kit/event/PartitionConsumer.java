package io.tallystick.kit.event;

import io.tallystick.kit.event.DeadLetters.Obituary;
import io.tallystick.kit.event.DeadLetters.Reason;
import io.tallystick.kit.event.RedisReplies.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// Consumes one partition for this service: reads, applies, acknowledges; takes over what others
/// left; delivers failing entries again, and gives them up in the end.
final class PartitionConsumer {
  /// What the consumers of all partitions share.
  record Shared(
      Delivery delivery,
      SharedDelivery together,
      DeadLetters deadLetters,
      EventMetrics metrics,
      EventsConfig config,
      BooleanSupplier stopping) {}

  private static final Logger LOG = Logger.getLogger(PartitionConsumer.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_RETRIES = 1_000;

  private final Shared shared;
  private final Partition partition;
  private final ConsumerGroup group;
  private final TreeMap<EntryId, Long> retryAtNanos = new TreeMap<>();
  private boolean groupExists;
  private boolean answerMissed;
  private long takeOverAtNanos = System.nanoTime();

  PartitionConsumer(Shared shared, Partition partition, ConsumerGroup group) {
    this.shared = shared;
    this.partition = partition;
    this.group = group;
  }

  /// An entry with how often it was delivered, this time included.
  private record Delivered(Entry entry, Event event, long deliveries) {}

  /// Reads and applies once; waits in Redis for something new.
  ///
  /// @return how long to let further entries gather
  Duration step() throws InterruptedException {
    int batch = shared.config().consumerBatch();
    try {
      if (!groupExists) {
        group.create();
        groupExists = true;
      }
      recall();
      retry();
      takeOver();
      List<Entry> entries = group.read(batch, untilNextRetry());
      deliver(entries, Map.of());
      boolean more = entries.isEmpty() || entries.size() == batch;
      return more ? Duration.ZERO : shared.config().gather();
    } catch (RedisErrorException e) {
      if (!e.noGroup()) {
        throw e;
      }
      LOG.infof("the group of %s is gone and is made again", partition);
      groupExists = false;
      retryAtNanos.clear();
    } catch (RedisUnavailableException e) {
      answerMissed = true;
      throw e;
    }
    return Duration.ZERO;
  }

  /// Leaves the group when the service stops.
  void leave() {
    if (groupExists) {
      group.leave();
    }
  }

  private Duration untilNextRetry() {
    Duration block = shared.config().consumerBlock();
    Optional<Long> next = retryAtNanos.values().stream().min(Long::compare);
    return next.map(at -> Duration.ofNanos(Math.max(1_000_000, at - System.nanoTime())))
        .map(wait -> Worker.shorter(wait, block))
        .orElse(block);
  }

  /// Once Redis answers again, has delivered what it may have given to this consumer in an answer
  /// that never came, or what could not be acknowledged, before it has been idle for so long that
  /// it is taken over.
  private void recall() {
    if (!answerMissed) {
      return;
    }
    long now = System.nanoTime();
    group
        .deliveries(EntryId.ZERO, EntryId.LAST, MOST_RETRIES)
        .keySet()
        .forEach(id -> retryAtNanos.putIfAbsent(id, now));
    answerMissed = false;
  }

  private void retry() throws InterruptedException {
    long now = System.nanoTime();
    List<EntryId> due =
        retryAtNanos.entrySet().stream()
            .filter(entry -> entry.getValue() - now <= 0)
            .map(Map.Entry::getKey)
            .limit(shared.config().consumerBatch())
            .toList();
    if (!due.isEmpty()) {
      due.forEach(retryAtNanos::remove);
      deliverAgain(group.again(due));
    }
  }

  private void takeOver() throws InterruptedException {
    if (System.nanoTime() - takeOverAtNanos < 0) {
      return;
    }
    int count = shared.config().consumerBatch();
    List<Entry> entries = group.takeOver(shared.config().claimIdle(), count);
    if (entries.size() < count) {
      takeOverAtNanos = System.nanoTime() + shared.config().claimEvery().toNanos();
    }
    if (!entries.isEmpty()) {
      LOG.infof("%s: %d entries left by others are taken over", partition, entries.size());
    }
    deliverAgain(entries);
    forgetDeleted();
  }

  /// Acknowledges what is pending here though the stream has it no more: it would hold up the
  /// confirmation of everything behind it, and its outbox row is published again.
  private void forgetDeleted() {
    for (EntryId id : group.deliveries(EntryId.ZERO, EntryId.LAST, 10).keySet()) {
      if (!retryAtNanos.containsKey(id) && !group.has(id)) {
        LOG.warnf("%s: entry %s is gone without having been applied", partition, id);
        group.acknowledge(List.of(id));
      }
    }
  }

  private void deliverAgain(List<Entry> entries) throws InterruptedException {
    if (!entries.isEmpty()) {
      EntryId first = entries.stream().map(Entry::id).min(EntryId::compareTo).orElseThrow();
      EntryId last = entries.stream().map(Entry::id).max(EntryId::compareTo).orElseThrow();
      deliver(entries, group.deliveries(first, last, MOST_RETRIES + entries.size()));
    }
  }

  private void deliver(List<Entry> entries, Map<EntryId, Long> deliveries)
      throws InterruptedException {
    List<Delivered> good = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      check(entry, deliveries.getOrDefault(entry.id(), 1L)).ifPresent(good::add);
    }
    if (!good.isEmpty()) {
      apply(good);
    }
  }

  /// Buries what can't be applied at all.
  private Optional<Delivered> check(Entry entry, long deliveries) throws InterruptedException {
    byte[] data = entry.fields().get("data");
    if (data != null && data.length > shared.config().largestBytes()) {
      bury(entry, Optional.empty(), deliveries, Reason.OVERSIZED, data.length + " bytes");
      return Optional.empty();
    }
    Event event;
    try {
      event = EventCodec.decode(entry.fields());
    } catch (UndecodableEventException e) {
      bury(entry, Optional.empty(), deliveries, Reason.UNDECODABLE, e.getMessage());
      return Optional.empty();
    }
    if (shared.delivery().tooOld(event)) {
      bury(entry, Optional.of(event), deliveries, Reason.TOO_OLD, "of " + event.occurredAt());
      return Optional.empty();
    }
    if (deliveries > shared.config().deliveries()) {
      String message = "delivered " + deliveries + " times";
      bury(entry, Optional.of(event), deliveries, Reason.NO_OUTCOME, message);
      return Optional.empty();
    }
    return Optional.of(new Delivered(entry, event, deliveries));
  }

  private void apply(List<Delivered> some) throws InterruptedException {
    try {
      patiently(() ->
          shared
              .together()
              .apply(partition.stream(), some.stream().map(Delivered::event).toList()));
    } catch (RuntimeException | AssertionError failure) {
      if (some.size() == 1) {
        failed(some.getFirst(), failure);
      } else {
        for (Delivered one : some) {
          apply(List.of(one));
        }
      }
      return;
    }
    group.acknowledge(some.stream().map(one -> one.entry().id()).toList());
    shared.metrics().consumed(partition.stream(), some.size());
  }

  private void failed(Delivered one, Throwable failure) throws InterruptedException {
    shared.metrics().failed(partition.stream());
    if (failure instanceof UndecodableEventException) {
      bury(one, Reason.UNDECODABLE, failure);
    } else if (one.deliveries() >= shared.config().deliveries()) {
      bury(one, Reason.HANDLER_FAILED, failure);
    } else {
      LOG.warnf(failure, "%s: delivery %d of %s failed", partition, one.deliveries(), one.event());
      Duration pause =
          shared.config().retryPause().multipliedBy(1L << Math.min(10, one.deliveries() - 1));
      if (retryAtNanos.size() < MOST_RETRIES) {
        retryAtNanos.put(one.entry().id(), System.nanoTime() + pause.toNanos());
      }
    }
  }

  private void bury(Delivered one, Reason reason, Throwable failure) throws InterruptedException {
    String message = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    bury(one.entry(), Optional.of(one.event()), one.deliveries(), reason, message);
  }

  private void bury(
      Entry entry, Optional<Event> event, long deliveries, Reason reason, String message)
      throws InterruptedException {
    Obituary dead = new Obituary(partition, entry.id(), event, reason, message, deliveries);
    Boolean[] buried = {false};
    patiently(() -> buried[0] = shared.deadLetters().bury(dead));
    if (buried[0]) {
      LOG.errorf("%s: entry %s is a dead letter: %s, %s", partition, entry.id(), reason, message);
      shared.metrics().dead(partition.stream());
      group.copyToDead(entry, reason.name(), message, reason != Reason.OVERSIZED);
    }
    group.acknowledge(List.of(entry.id()));
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  /// Runs `work`, waiting as long as it takes for failures that pass by themselves.
  private void patiently(Work work) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        work.run();
        return;
      } catch (RuntimeException failure) {
        if (!Delivery.passing(failure)) {
          throw failure;
        }
        if (shared.stopping().getAsBoolean()) {
          throw new RedisUnavailableException(
              "the service stops before the store is back", failure);
        }
        LOG.warnf("%s waits: %s", partition, failure.getMessage());
        Thread.sleep(pause);
        pause = Worker.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }
}
