package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.DeadLetters.DeadLetter;
import io.tallystick.kit.event.DeadLetters.Reason;
import io.tallystick.kit.event.RedisReplies.Entry;
import io.tallystick.sandbox.base.RedisStore;
import io.tallystick.sandbox.base.Stores.Login;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Outbox, relay, confirmation, consumers, inbox and dead letters on a real PostgreSQL and Redis.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class EventsIT {
  private static final String PAYER = "payer-1";

  TestPlatform platform;

  @Inject Database database;
  @Inject Outbox outbox;
  @Inject OutboxStore store;
  @Inject RedisCommands redis;
  @Inject EventsConfig config;
  @Inject ClearingConsumer clearing;
  @Inject Relay relay;
  @Inject Clock clock;

  private int partition;

  @BeforeEach
  void clear() {
    partition = Outbox.partition(PAYER, config.partitions());
    database.useTransaction(handle -> {
      handle.execute("create table if not exists effect (event_id uuid, payment_id text)");
      handle.execute("truncate effect, outbox, inbox, dead_letter");
    });
    for (int number = 0; number < config.partitions(); number++) {
      redis.send(
          Request.cmd(Command.XTRIM).arg(EventStream.DECISIONS.key(number)).arg("MAXLEN").arg(0));
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    clearing.stop();
  }

  @Test
  void deliversOnceAndTrims() {
    clearing.start();
    append("pay_1");
    untilEffects("pay_1", 1);
    untilStatus("delivered", 1);
    Eventually.isTrue(() -> length() == 0);
  }

  @Test
  void appliesManyEventsEachOnce() {
    clearing.start();
    int count = 1_200;
    database.useTransaction(handle ->
        outbox.append(
            handle,
            IntStream.range(0, count)
                .mapToObj(i ->
                    new OutboxMessage(EventStream.DECISIONS, "payer-" + i, decided("pay_" + i)))
                .toList()));
    untilStatus("delivered", count);
    assertThat(number("select count(*) from effect")).isEqualTo(count);
    assertThat(number("select count(distinct event_id) from effect")).isEqualTo(count);
  }

  @Test
  void publishesNothingOfATransactionThatRollsBack() {
    clearing.start();
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              outbox.append(handle, EventStream.DECISIONS, PAYER, decided("pay_lost"));
              throw new IllegalStateException("changed its mind");
            }))
        .hasMessage("changed its mind");
    append("pay_kept");
    untilEffects("pay_kept", 1);
    assertThat(effects("pay_lost")).isZero();
  }

  @Test
  void rowPublishedTwiceHasOneEffect() {
    append("pay_2");
    untilStatus("published", 1);
    // As after a crash between the answer of Redis and the commit.
    database.useTransaction(handle ->
        handle.execute("update outbox set status = 'pending', entry_ms = null, entry_seq = null"));
    relay.publish();
    untilStatus("published", 1);
    assertThat(length()).isEqualTo(2);
    clearing.start();
    untilStatus("delivered", 1);
    assertThat(effects("pay_2")).isEqualTo(1);
  }

  @Test
  void severalRelaysPublishEachRowOnce() throws Exception {
    int rows = 100;
    List<Future<Integer>> published = new ArrayList<>();
    try (ExecutorService relays = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < rows; i++) {
        append("pay_" + i);
        if (i % 10 == 0) {
          // Beside the relay of the service itself.
          published.add(relays.submit(relay::publish));
          published.add(relays.submit(relay::publish));
        }
      }
    }
    for (Future<Integer> some : published) {
      assertThat(some.get()).isLessThanOrEqualTo(rows);
    }
    untilStatus("published", rows);
    assertThat(length()).isEqualTo(rows);
  }

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
    assertThat(number("select count(*) from outbox where status = 'pending'")).isEqualTo(1);
    embedded.restart();
    clearing.start();
    untilEffects("pay_8", 1);
    untilEffects("pay_9", 1);
    untilStatus("delivered", 2);
    assertThat(number("select count(*) from effect")).isEqualTo(2);
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
  void groupThatWasDestroyedIsMadeAgain() {
    clearing.start();
    append("pay_12");
    untilStatus("delivered", 1);
    redis.send(Request.cmd(Command.XGROUP).arg("DESTROY").arg(key()).arg(ClearingConsumer.GROUP));
    append("pay_13");
    untilEffects("pay_13", 1);
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

  @Test
  void notifyOfAForeignConnectionWakesTheRelay() throws Exception {
    Login admin = platform.stores().administrator();
    try (Connection connection =
            DriverManager.getConnection(
                platform.stores().jdbcUrl(), admin.username(), admin.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into risk.outbox (event_id, stream, partition, partition_key, type, occurred_at, payload)
          values (gen_random_uuid(), 'decisions', 0, 'someone', 'TapDecided', now(), '')
          """);
    }
    // The poll of the tests is longer than anything waits.
    untilStatus("published", 1);
  }

  @Test
  void ownsNotToFillRedis() {
    Partition mine = new Partition(EventStream.DECISIONS, partition);
    relay.observeLength(mine, config.partitionLimit());
    append("pay_19");
    relay.publish();
    assertThat(number("select count(*) from outbox where status = 'pending'")).isEqualTo(1);
    relay.observeLength(mine, 0);
    untilStatus("published", 1);
  }

  @Test
  void refusesStreamsOfOthersAndMessagesTooLarge() {
    assertThatThrownBy(() ->
            database.useTransaction(
                handle -> outbox.append(handle, EventStream.TOKENS, PAYER, decided("x"))))
        .hasMessage("risk does not produce tokens");
    TapDecided large = decided("x".repeat(config.largestBytes()));
    assertThatThrownBy(() ->
            database.useTransaction(
                handle -> outbox.append(handle, EventStream.DECISIONS, PAYER, large)))
        .hasMessageContaining("more than");
  }

  private void append(String... payments) {
    database.useTransaction(handle ->
        outbox.append(
            handle,
            List.of(payments).stream()
                .map(id -> new OutboxMessage(EventStream.DECISIONS, PAYER, decided(id)))
                .toList()));
  }

  private void add(Event event) {
    redis.send(EventCodec.addFields(Request.cmd(Command.XADD).arg(key()).arg("*"), event));
  }

  private Event event(byte[] data, Instant at) {
    return new Event(
        UUID.randomUUID(), "TapDecided", PAYER, at, Optional.empty(), ByteString.copyFrom(data));
  }

  private static TapDecided decided(String paymentId) {
    return TapDecided.newBuilder().setPaymentId(paymentId).setPayerId(PAYER).build();
  }

  private String key() {
    return EventStream.DECISIONS.key(partition);
  }

  private long length() {
    return redis.send(Request.cmd(Command.XLEN).arg(key())).toLong();
  }

  private long deadStream() {
    String key = EventStream.DECISIONS.deadKey(partition);
    return redis.send(Request.cmd(Command.XLEN).arg(key)).toLong();
  }

  private long effects(String paymentId) {
    return number("select count(*) from effect where payment_id = '" + paymentId + "'");
  }

  private void untilEffects(String paymentId, long count) {
    Eventually.get(() -> effects(paymentId), seen -> seen == count);
  }

  private void untilStatus(String status, long count) {
    Eventually.get(
        () -> number("select count(*) from outbox where status = '" + status + "'"),
        seen -> seen == count);
  }

  private long number(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
