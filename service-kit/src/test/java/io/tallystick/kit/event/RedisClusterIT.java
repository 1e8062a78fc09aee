package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.cluster.RedisCluster;
import io.tallystick.kit.cluster.RedisClusterResource;
import io.tallystick.kit.cluster.RedisNode;
import io.tallystick.sandbox.base.TallystickTestResource;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
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
class RedisClusterIT extends FailoverHarness {
  private static final Logger LOG = Logger.getLogger(RedisClusterIT.class);

  RedisCluster cluster;

  @Test
  void losingAPrimaryUnderLoadLosesNothing() throws InterruptedException {
    RedisNode victim = cluster.primaryOf(key());
    double lossesBefore = losses();
    startLoad();
    untilHandled(500);

    // Nobody has consumed decisions yet: what the primary now takes of them is nowhere else.
    victim.cutOffReplica();
    long published = publishedDecisions();
    Eventually.get(this::publishedDecisions, count -> count > published + 20);
    Instant killed = clock.instant();
    cluster.kill(victim);
    consumeDecisions();
    Eventually.get(() -> decisionsHandledSince(killed), count -> count > 0);
    LOG.infof("%s goes on %s after the kill", key(), Duration.between(killed, clock.instant()));
    untilHandled(500);
    cluster.restart(victim);
    untilHandled(300);

    endLoad();
    untilAllDelivered();
    assertEachHandledOnce();
    assertThat(losses()).isGreaterThan(lossesBefore);
    Duration longest = longestWait(killed);
    LOG.infof("%d events, the longest wait %s", number("select count(*) from outbox"), longest);
    assertThat(longest).isLessThan(Duration.ofSeconds(20));
  }
}
