package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.cluster.RedisCluster;
import io.tallystick.kit.cluster.RedisClusterResource;
import io.tallystick.kit.cluster.RedisNode;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A Redis Cluster loses a primary, and with it the latest entries that no replica had.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = {
      @ResourceArg(name = "service", value = "risk"),
      // As services run: what is waited for must not be waited for this long.
      @ResourceArg(name = "tallystick.events.claim-idle", value = "PT30S"),
      @ResourceArg(name = "tallystick.events.claim-every", value = "PT5S"),
      @ResourceArg(name = "tallystick.events.consumer-block", value = "PT1S")
    })
@WithTestResource(RedisClusterResource.class)
class RedisClusterIT extends EventsHarness {
  private static final Logger LOG = Logger.getLogger(RedisClusterIT.class);
  private static final int PAYERS = 50;
  private static final long PACE_NANOS = 4_000_000;

  RedisCluster cluster;

  @Inject StandIns others;

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
    others.stop();
  }

  @Test
  void losingAPrimaryUnderLoadLosesNothing() throws InterruptedException {
    Map<EventStream, Outbox> outboxes =
        Map.of(
            EventStream.DECISIONS, outbox,
            EventStream.TOKENS, others.produce("verify"),
            EventStream.CHALLENGES, others.produce("notify"));
    others.consume("clearing", EventStream.TOKENS, EventStream.CHALLENGES);
    others.consume("seed", EventStream.TOKENS);
    RedisNode victim = cluster.primaryOf(key());
    double lossesBefore = losses();
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> publishers = new ArrayList<>();
    outboxes.forEach((stream, to) ->
        publishers.add(Thread.ofVirtual().start(() -> publish(stream, to, enough))));
    untilHandled(500);

    // Nobody has consumed decisions yet: what the primary now takes of them is nowhere else.
    cluster.cutOffReplica(victim);
    long published = publishedDecisions();
    Eventually.get(this::publishedDecisions, count -> count > published + 20);
    Instant killed = clock.instant();
    cluster.kill(victim);
    others.consume("clearing", EventStream.DECISIONS);
    Eventually.get(() -> decisionsHandledSince(killed), count -> count > 0);
    LOG.infof("%s goes on %s after the kill", key(), Duration.between(killed, clock.instant()));
    untilHandled(500);
    cluster.restart(victim);
    untilHandled(300);

    enough.set(true);
    for (Thread publisher : publishers) {
      publisher.join();
    }
    Eventually.get(
        () -> number("select count(*) from outbox where status <> 'delivered'"),
        count -> count == 0);
    assertEachHandledOnce();
    assertThat(losses()).isGreaterThan(lossesBefore);
    Duration longest = longestWait(killed);
    LOG.infof("%d events, the longest wait %s", number("select count(*) from outbox"), longest);
    assertThat(longest).isLessThan(Duration.ofSeconds(20));
  }

  private void publish(EventStream stream, Outbox to, AtomicBoolean enough) {
    for (int i = 0; !enough.get(); i++) {
      String payer = "payer-" + i % PAYERS;
      String payment = "pay_%s_%d".formatted(stream, i);
      database.useTransaction(handle -> to.append(handle, stream, payer, decided(payment)));
      LockSupport.parkNanos(PACE_NANOS);
    }
  }

  private void assertEachHandledOnce() {
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
  private void untilHandled(long more) {
    long before = handled();
    Eventually.get(this::handled, count -> count >= before + more);
  }

  private long handled() {
    return number("select count(*) from handled");
  }

  /// In the partition whose primary is killed.
  private long publishedDecisions() {
    return number(
        "select count(*) from outbox where stream = 'decisions' and status = 'published' and partition = "
            + partition);
  }

  private long decisionsHandledSince(Instant since) {
    return number(
        """
        select count(*) from handled join outbox using (event_id)
        where stream = 'decisions' and partition = %d and occurred_at > '%s'
        """
            .formatted(partition, since));
  }

  /// From the commit of an event to that of its effect; not of those that nobody consumed.
  private Duration longestWait(Instant consumed) {
    return Duration.ofMillis(
        number(
            """
            select (1000 * max(extract(epoch from at - occurred_at)))::bigint
            from handled join outbox using (event_id)
            where stream <> 'decisions' or occurred_at > '%s'
            """
                .formatted(consumed)));
  }

  private static double losses() {
    return Metrics.globalRegistry.find("tallystick.events.redis.losses").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
