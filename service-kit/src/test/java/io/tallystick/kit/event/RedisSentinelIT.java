package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.cluster.RedisNode;
import io.tallystick.kit.cluster.RedisSentinelResource;
import io.tallystick.kit.cluster.RedisSentinels;
import io.tallystick.sandbox.base.TallystickTestResource;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// A Redis watched by sentinels loses its primary, by TLS and with a password: killed, and with it
/// the latest entries that the replica had not; or silent, with all connections open.
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
@WithTestResource(RedisSentinelResource.class)
class RedisSentinelIT extends FailoverHarness {
  private static final Logger LOG = Logger.getLogger(RedisSentinelIT.class);

  RedisSentinels sentinels;

  @Test
  void losingThePrimaryUnderLoadLosesNothing() throws InterruptedException {
    RedisNode victim = sentinels.primary();
    double lossesBefore = losses();
    startLoad();
    untilHandled(500);

    // Nobody has consumed decisions yet: what the primary now takes of them is nowhere else.
    victim.cutOffReplica();
    long published = publishedDecisions();
    Eventually.get(this::publishedDecisions, count -> count > published + 20);
    Instant killed = clock.instant();
    sentinels.kill(victim);
    LOG.infof("the replica is in charge %s after the kill", since(killed));
    consumeDecisions();
    Eventually.get(() -> decisionsHandledSince(killed), count -> count > 0);
    LOG.infof("%s goes on %s after the kill", key(), since(killed));
    untilHandled(500);

    // It comes back as a primary of nothing; the sentinels see to it.
    sentinels.restart(victim);
    sentinels.awaitReplica(victim);
    untilHandled(300);
    endLoad();
    untilAllDelivered();
    assertEachHandledOnce();
    assertThat(losses()).isGreaterThan(lossesBefore);
    assertThat(sentinels.primary()).isNotSameAs(victim);
    Duration longest = longestWait(killed);
    LOG.infof("%d events, the longest wait %s", number("select count(*) from outbox"), longest);
    assertThat(longest).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aPrimaryThatHangsHoldsUpNothingForLong() throws InterruptedException {
    RedisNode victim = sentinels.primary();
    consumeDecisions();
    startLoad();
    untilHandled(500);
    Instant hung = clock.instant();
    sentinels.hang(victim);
    LOG.infof("the replica is in charge %s after the primary hung", since(hung));
    Eventually.get(() -> decisionsHandledSince(hung), count -> count > 0);
    LOG.infof("%s goes on %s after the primary hung", key(), since(hung));
    untilHandled(500);

    // It still holds itself for the primary, and has what it was sent last.
    victim.resume();
    sentinels.awaitReplica(victim);
    untilHandled(300);
    endLoad();
    untilAllDelivered();
    assertEachHandledOnce();
    Duration longest = longestWait(Instant.EPOCH);
    LOG.infof("%d events, the longest wait %s", number("select count(*) from outbox"), longest);
    assertThat(longest).isLessThan(Duration.ofSeconds(30));
  }

  private Duration since(Instant moment) {
    return Duration.between(moment, clock.instant());
  }
}
