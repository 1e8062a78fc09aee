package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.kit.Eventually;
import io.tallystick.sandbox.base.RedisStore;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/// Redis loses everything, or the latest of it, or a group, at several moments.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class RedisLossIT extends EventsHarness {
  @Inject @Readiness EventsReadiness readiness;

  @Test
  void losingEverythingBeforeConsumptionLosesNothing() {
    append("pay_6");
    untilStatus("published", 1);
    redis.send(Request.cmd(Command.FLUSHALL));
    clearing.start();
    untilEffects("pay_6", 1);
    untilStatus("delivered", 1);
    assertThat(effects("pay_6")).isEqualTo(1);
  }

  @Test
  void aFullPartitionThatIsLostHasRoomAgain() {
    fill();
    append("pay_26");
    redis.send(Request.cmd(Command.FLUSHALL));
    clearing.start();
    untilEffects("pay_26", 1);
    untilStatus("delivered", 1);
  }

  @Test
  void losingEverythingAfterTheEffectRepeatsNothing() throws InterruptedException {
    append("pay_7");
    untilStatus("published", 1);
    ConsumerGroup crashing = clearing.group(partition, "clearing-crashed");
    crashing.create();
    Event event = EventCodec.decode(crashing.read(10, Duration.ofSeconds(1)).getFirst().fields());
    clearing.delivery().apply(EventStream.DECISIONS, List.of(event));
    redis.send(Request.cmd(Command.FLUSHALL));
    clearing.start();
    untilStatus("delivered", 1);
    assertThat(effects("pay_7")).isEqualTo(1);
  }

  @Test
  void restartOfAnEmptyRedisLosesNothing() {
    RedisStore embedded = platform.stores().embeddedRedis();
    assumeTrue(embedded != null, "Redis was given and can't be restarted");
    append("pay_8");
    untilStatus("published", 1);
    embedded.stop();
    append("pay_9");
    HealthCheckResponse health = readiness.call();
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(health.getData().orElseThrow()).containsEntry("redis", "away");
    assertThat(number("select count(*) from outbox where status = 'pending'")).isEqualTo(1);
    embedded.restart();
    clearing.start();
    untilEffects("pay_8", 1);
    untilEffects("pay_9", 1);
    untilStatus("delivered", 2);
    assertThat(number("select count(*) from effect")).isEqualTo(2);
  }

  @Test
  void redisThatSaysNothingMakesNobodyUnready() {
    redis.send(Request.cmd(Command.CLIENT).arg("PAUSE").arg(8_000).arg("ALL"));
    Instant asked = Instant.now();
    HealthCheckResponse health = readiness.call();
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(6));
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(health.getData().orElseThrow()).containsEntry("redis", "away");
    Eventually.get(redis::answers, answers -> answers);
  }

  @Test
  void losingTheLatestEntriesOnlyIsSeenToo() {
    append("pay_10");
    untilStatus("published", 1);
    long beat = number("select beat from outbox_partition where partition = " + partition);
    // A replica that never got the last entries took over: its counter is that of before.
    redis.send(Request.cmd(Command.XTRIM).arg(key()).arg("MAXLEN").arg(0));
    redis.send(
        Request.cmd(Command.SET)
            .arg(EventStream.DECISIONS.beatKey(partition))
            .arg(Long.toString(beat - 1)));
    append("pay_11");
    clearing.start();
    untilEffects("pay_10", 1);
    untilEffects("pay_11", 1);
    untilStatus("delivered", 2);
    assertThat(number("select count(*) from effect")).isEqualTo(2);
  }

  @Test
  void counterThatOvertookTheOneKeptHidesNoLoss() {
    append("pay_14");
    untilStatus("published", 1);
    redis.send(Request.cmd(Command.FLUSHALL));
    database.useTransaction(handle ->
        handle.execute("update outbox_partition set beat = 1 where partition = ?", partition));
    countUnanswered("pay_15");
    append("pay_16");
    clearing.start();
    untilEffects("pay_14", 1);
    untilEffects("pay_16", 1);
    untilStatus("delivered", 2);
  }

  @Test
  void batchWithoutAnswerHidesNoLossOfTheLatest() {
    append("pay_19");
    untilStatus("published", 1);
    // In one transaction, so that neither relay nor confirmation sees what is between.
    redis.batch(
        List.of(
            Request.cmd(Command.MULTI),
            Request.cmd(Command.XTRIM).arg(key()).arg("MAXLEN").arg(0),
            Beat.count(decisions(), -Beat.step()),
            EventCodec.addFields(
                Request.cmd(Command.XADD).arg(key()).arg("*"),
                event(decided("pay_20").toByteArray(), clock.instant())),
            Beat.count(decisions(), Beat.step()),
            Request.cmd(Command.EXEC)));
    append("pay_21");
    clearing.start();
    untilEffects("pay_21", 1);
    untilEffects("pay_19", 1);
    untilStatus("delivered", 2);
  }

  @Test
  void batchThatIsLostHalfwayIsPublishedAgain() {
    append("pay_17");
    untilStatus("published", 1);
    // Between the entries of the next batch and its count everything goes: the count begins at
    // nothing.
    redis.send(Request.cmd(Command.SET).arg(EventStream.DECISIONS.beatKey(partition)).arg("0"));
    append("pay_18");
    // Whether the loss was seen before or after the second batch went out.
    Eventually.get(() -> entriesOf("pay_17"), seen -> seen >= 2);
    Eventually.get(() -> entriesOf("pay_18"), seen -> seen >= 1);
    clearing.start();
    untilEffects("pay_17", 1);
    untilEffects("pay_18", 1);
    untilStatus("delivered", 2);
  }

  /// A batch whose answer never came: the entry of another row, counted.
  private void countUnanswered(String paymentId) {
    add(event(decided(paymentId).toByteArray(), clock.instant()));
    redis.send(Beat.count(decisions(), Beat.step()));
  }

  private Partition decisions() {
    return new Partition(EventStream.DECISIONS, partition);
  }

  private long entriesOf(String paymentId) {
    return RedisReplies.entries(
            redis.send(Request.cmd(Command.XRANGE).arg(key()).arg("-").arg("+")))
        .stream()
        .map(entry -> EventCodec.decode(entry.fields()).as(TapDecided.parser()).getPaymentId())
        .filter(paymentId::equals)
        .count();
  }

  @Test
  void groupThatWasDestroyedIsMadeAgain() {
    clearing.start();
    append("pay_12");
    untilStatus("delivered", 1);
    redis.send(Request.cmd(Command.XGROUP).arg("DESTROY").arg(key()).arg(ClearingConsumer.GROUP));
    append("pay_13");
    untilEffects("pay_13", 1);
    untilStatus("delivered", 2);
  }
}
