package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.event.DeadLetters.DeadLetter;
import io.tallystick.kit.event.DeadLetters.Reason;
import io.tallystick.kit.event.RedisReplies.Entry;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Entries that come again, that others left, that fail for a while or for ever.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class ConsumerIT extends EventsHarness {
  @Test
  void redeliveredEntryHasOneEffect() {
    append("pay_3");
    untilStatus("published", 1);
    ConsumerGroup crashing = clearing.group(partition, "clearing-crashed");
    crashing.create();
    List<Entry> read = crashing.read(10, Duration.ofSeconds(1));
    Event event = EventCodec.decode(read.getFirst().fields());
    // It applied the event and died before it acknowledged.
    clearing.delivery().apply(EventStream.DECISIONS, List.of(event));
    clearing.start();
    untilStatus("delivered", 1);
    assertThat(effects("pay_3")).isEqualTo(1);
  }

  @Test
  void whatNobodyWantsLeavesNothingBehind() {
    byte[] data = {1, 2, 3};
    add(
        new Event(
            UUID.randomUUID(),
            "OfALaterRelease",
            PAYER,
            clock.instant(),
            Optional.empty(),
            ByteString.copyFrom(data)));
    append("pay_6");
    clearing.start();
    untilEffects("pay_6", 1);
    untilStatus("delivered", 1);
    assertThat(number("select count(*) from inbox")).isEqualTo(1);
    assertThat(clearing.deadLetters().list(10)).isEmpty();
  }

  @Test
  void partitionsThatComeTogetherShareATransaction() {
    CountDownLatch first = new CountDownLatch(1);
    clearing.before((handle, decided) -> {
      if (decided.getPaymentId().equals("pay_first")) {
        awaitOrFail(first);
      }
    });
    append("pay_first");
    clearing.start();
    List<String> payers = payersOfOtherPartitions();
    untilStatus("published", 1);
    payers.forEach(payer -> appendOf(payer, "pay_of_" + payer));
    Eventually.get(clearing::waiting, waiting -> waiting == payers.size());
    first.countDown();
    untilStatus("delivered", 1 + payers.size());
    assertThat(number("select count(*) from effect")).isEqualTo(1 + payers.size());
    assertThat(number("select count(distinct xmin::text) from effect")).isEqualTo(2);
  }

  /// One payer of each partition that has not [#PAYER].
  private List<String> payersOfOtherPartitions() {
    return IntStream.range(0, config.partitions())
        .filter(number -> number != partition)
        .mapToObj(number ->
            IntStream.iterate(2, n -> n + 1)
                .mapToObj(n -> "payer-" + n)
                .filter(payer -> Outbox.partition(payer, config.partitions()) == number)
                .findFirst()
                .orElseThrow())
        .toList();
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesOverWhatADeadConsumerLeft() {
    append("pay_4");
    append("pay_5");
    untilStatus("published", 2);
    ConsumerGroup crashing = clearing.group(partition, "clearing-crashed");
    crashing.create();
    assertThat(crashing.read(10, Duration.ofSeconds(1))).hasSize(2);
    clearing.start();
    untilEffects("pay_4", 1);
    untilEffects("pay_5", 1);
    untilStatus("delivered", 2);
  }

  @Test
  void poisonBecomesADeadLetterAndHoldsUpNobody() {
    clearing.before((handle, decided) -> {
      if (decided.getPaymentId().equals("pay_poison")) {
        throw new IllegalStateException("no such account");
      }
    });
    append("pay_14", "pay_poison", "pay_15");
    clearing.start();
    untilEffects("pay_14", 1);
    untilEffects("pay_15", 1);
    untilStatus("delivered", 3);
    List<DeadLetter> dead = clearing.deadLetters().list(10);
    assertThat(dead).hasSize(1);
    assertThat(dead.getFirst().reason()).isEqualTo(Reason.HANDLER_FAILED);
    assertThat(dead.getFirst().message()).isEqualTo("IllegalStateException: no such account");
    assertThat(dead.getFirst().deliveries()).isEqualTo(config.deliveries());
    assertThat(effects("pay_poison")).isZero();
    assertThat(deadStream()).isPositive();
  }

  @Test
  void whatPostgresqlCannotHoldIsADeadLetterAndHoldsUpNobody() {
    clearing.before((handle, decided) -> {
      if (decided.getPaymentId().equals("pay_nul")) {
        throw new IllegalStateException("no \0 account");
      }
    });
    addFields("id", "\0", "type", "TapDecided", "key", PAYER);
    addFields("id", UUID.randomUUID().toString(), "type", "Tap\0Decided", "key", PAYER);
    addFields("id", UUID.randomUUID().toString(), "type", "TapDecided", "key", "\0");
    append("pay_nul", "pay_19");
    clearing.start();
    untilEffects("pay_19", 1);
    untilStatus("delivered", 2);
    assertThat(clearing.deadLetters().list(10))
        .extracting(DeadLetter::reason)
        .containsExactlyInAnyOrder(
            Reason.UNDECODABLE, Reason.UNDECODABLE, Reason.UNDECODABLE, Reason.HANDLER_FAILED);
  }

  @Test
  void timeThatPostgresqlCannotHoldIsADeadLetter() {
    add(event(decided("pay_20").toByteArray(), Instant.MAX));
    append("pay_21");
    clearing.start();
    untilEffects("pay_21", 1);
    untilStatus("delivered", 1);
    assertThat(clearing.deadLetters().list(10))
        .extracting(DeadLetter::reason)
        .containsExactly(Reason.UNDECODABLE);
  }

  private void addFields(String... fields) {
    Request add = Request.cmd(Command.XADD).arg(key()).arg("*");
    for (String field : fields) {
      add.arg(field);
    }
    redis.send(add.arg("at").arg(clock.instant().toString()).arg("data").arg("x"));
  }

  @Test
  void deadLetterMayBeDeliveredAgain() {
    clearing.before((handle, decided) -> {
      throw new IllegalStateException("not yet");
    });
    append("pay_16");
    clearing.start();
    untilStatus("delivered", 1);
    DeadLetter dead = clearing.deadLetters().list(1).getFirst();
    assertThatThrownBy(() -> clearing.deadLetters().retry(dead.id())).hasMessage("not yet");
    assertThat(clearing.deadLetters().list(1)).hasSize(1);
    clearing.before((handle, decided) -> {});
    clearing.deadLetters().retry(dead.id());
    assertThat(effects("pay_16")).isEqualTo(1);
    assertThat(clearing.deadLetters().list(1)).isEmpty();
  }

  @Test
  void failureThatPassesByItselfIsWaitedForAndDoesNotCount() {
    AtomicInteger failures = new AtomicInteger();
    clearing.before((handle, decided) -> {
      if (failures.getAndIncrement() < config.deliveries() + 2) {
        throw new IllegalStateException(new SQLTransientConnectionException("away", "08006"));
      }
    });
    append("pay_17");
    clearing.start();
    untilEffects("pay_17", 1);
    untilStatus("delivered", 1);
    assertThat(clearing.deadLetters().list(1)).isEmpty();
  }

  @Test
  void undecodableOversizedAndTooOldDieAtOnce() {
    clearing.start();
    redis.send(Request.cmd(Command.XADD).arg(key()).arg("*").arg("hello").arg("world"));
    Event tooLarge = event(new byte[config.largestBytes() + 1], clock.instant());
    add(tooLarge);
    add(event(new byte[] {1, 2, 3}, clock.instant()));
    Instant longAgo = clock.instant().minus(config.keepInbox());
    add(event(decided("pay_18").toByteArray(), longAgo));
    List<DeadLetter> dead =
        Eventually.get(() -> clearing.deadLetters().list(10), all -> all.size() == 4);
    assertThat(dead)
        .extracting(DeadLetter::reason)
        .containsExactlyInAnyOrder(
            Reason.UNDECODABLE, Reason.OVERSIZED, Reason.UNDECODABLE, Reason.TOO_OLD);
    assertThat(dead).extracting(DeadLetter::deliveries).containsOnly(1L);
    assertThat(effects("pay_18")).isZero();
  }
}
