package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.tallystick.kit.Eventually;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of a Redis that loses a primary share: three streams under load, and what must have
/// become of every event.
abstract class FailoverHarness extends EventsHarness {
  private static final int PAYERS = 50;
  private static final long PACE_NANOS = 4_000_000;

  @Inject StandIns others;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final List<Thread> publishers = new ArrayList<>();

  @BeforeEach
  void clearHandled() {
    database.useTransaction(handle -> {
      handle.execute(
          "create table if not exists handled (consumer text, event_id uuid, at timestamptz)");
      handle.execute("truncate handled");
    });
  }

  @AfterEach
  void stopOthers() throws InterruptedException {
    endLoad();
    others.stop();
  }

  /// Writes events of three streams all the time, and consumes two of them: nobody consumes
  /// decisions yet, so that they are in Redis and in no consumer.
  void startLoad() {
    Map<EventStream, Outbox> outboxes =
        Map.of(
            EventStream.DECISIONS, outbox,
            EventStream.TOKENS, others.produce("verify"),
            EventStream.CHALLENGES, others.produce("notify"));
    others.consume("clearing", EventStream.TOKENS, EventStream.CHALLENGES);
    others.consume("seed", EventStream.TOKENS);
    outboxes.forEach(
        (stream, to) -> publishers.add(Thread.ofVirtual().start(() -> publish(stream, to))));
  }

  void consumeDecisions() {
    others.consume("clearing", EventStream.DECISIONS);
  }

  void endLoad() throws InterruptedException {
    enough.set(true);
    for (Thread publisher : publishers) {
      publisher.join();
    }
  }

  void untilAllDelivered() {
    Eventually.get(
        () -> number("select count(*) from outbox where status <> 'delivered'"),
        count -> count == 0);
  }

  private void publish(EventStream stream, Outbox to) {
    for (int i = 0; !enough.get(); i++) {
      String payer = "payer-" + i % PAYERS;
      String payment = "pay_%s_%d".formatted(stream, i);
      database.useTransaction(handle -> to.append(handle, stream, payer, decided(payment)));
      LockSupport.parkNanos(PACE_NANOS);
    }
  }

  void assertEachHandledOnce() {
    assertThat(
            number(
                """
                select count(*) from outbox
                cross join lateral unnest(case stream when 'tokens' then array['clearing', 'seed'] else array['clearing'] end) consumer
                where not exists (
                    select from handled
                    where handled.consumer = consumer.consumer and handled.event_id = outbox.event_id)
                """))
        .as("lost")
        .isZero();
    assertThat(
            number(
                """
                select count(*) from (
                    select from handled group by consumer, event_id having count(*) > 1) twice
                """))
        .as("handled twice")
        .isZero();
    assertThat(number("select count(*) from dead_letter")).as("dead").isZero();
    assertThat(number("select count(distinct (stream, partition)) from outbox"))
        .as("partitions that were used")
        .isEqualTo(3L * config.partitions());
  }

  /// Waits until so many more events have had their effect.
  void untilHandled(long more) {
    long before = handled();
    Eventually.get(this::handled, count -> count >= before + more);
  }

  private long handled() {
    return number("select count(*) from handled");
  }

  /// In the partition whose primary is killed.
  long publishedDecisions() {
    return number(
        "select count(*) from outbox where stream = 'decisions' and status = 'published' and partition = "
            + partition);
  }

  long decisionsHandledSince(Instant since) {
    return number(
        """
        select count(*) from handled join outbox using (event_id)
        where stream = 'decisions' and partition = %d and occurred_at > '%s'
        """
            .formatted(partition, since));
  }

  /// From the commit of an event to that of its effect; not of those that nobody consumed.
  Duration longestWait(Instant consumed) {
    return Duration.ofMillis(
        number(
            """
            select (1000 * max(extract(epoch from at - occurred_at)))::bigint
            from handled join outbox using (event_id)
            where stream <> 'decisions' or occurred_at > '%s'
            """
                .formatted(consumed)));
  }

  static double losses() {
    return Metrics.globalRegistry.find("tallystick.events.redis.losses").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
