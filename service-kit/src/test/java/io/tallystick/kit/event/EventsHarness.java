package io.tallystick.kit.event;

import com.google.protobuf.ByteString;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.database.Database;
import io.tallystick.sandbox.base.TestPlatform;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of events share: this service produces `decisions`, and a consumer for
/// clearing-service stands beside it.
abstract class EventsHarness {
  static final String PAYER = "payer-1";

  TestPlatform platform;

  @Inject Database database;
  @Inject Outbox outbox;
  @Inject RedisCommands redis;
  @Inject EventsConfig config;
  @Inject ClearingConsumer clearing;
  @Inject Relay relay;
  @Inject Clock clock;

  int partition;

  @BeforeEach
  void clear() {
    // The first connections to every node of a cluster, by TLS, may take longer than an answer may.
    Eventually.isTrue(redis::answers);
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

  void append(String... payments) {
    appendOf(PAYER, payments);
  }

  void appendOf(String payer, String... payments) {
    database.useTransaction(handle ->
        outbox.append(
            handle,
            List.of(payments).stream()
                .map(id -> new OutboxMessage(EventStream.DECISIONS, payer, decided(id)))
                .toList()));
  }

  void add(Event event) {
    redis.send(EventCodec.addFields(Request.cmd(Command.XADD).arg(key()).arg("*"), event));
  }

  Event event(byte[] data, Instant at) {
    return new Event(
        UUID.randomUUID(), "TapDecided", PAYER, at, Optional.empty(), ByteString.copyFrom(data));
  }

  static TapDecided decided(String paymentId) {
    return TapDecided.newBuilder().setPaymentId(paymentId).setPayerId(PAYER).build();
  }

  /// Fills the partition and lets the relay know.
  void fill() {
    int limit = config.partitionLimit();
    redis.batch(
        IntStream.range(0, limit)
            .mapToObj(i -> Request.cmd(Command.XADD).arg(key()).arg("*").arg("n").arg(i))
            .toList());
    relay.observeLength(new Partition(EventStream.DECISIONS, partition), length());
  }

  String key() {
    return EventStream.DECISIONS.key(partition);
  }

  long length() {
    return redis.send(Request.cmd(Command.XLEN).arg(key())).toLong();
  }

  long deadStream() {
    String key = EventStream.DECISIONS.deadKey(partition);
    return redis.send(Request.cmd(Command.XLEN).arg(key)).toLong();
  }

  long effects(String paymentId) {
    return number("select count(*) from effect where payment_id = '" + paymentId + "'");
  }

  void untilEffects(String paymentId, long count) {
    Eventually.get(() -> effects(paymentId), seen -> seen == count);
  }

  void untilStatus(String status, long count) {
    Eventually.get(
        () -> number("select count(*) from outbox where status = '" + status + "'"),
        seen -> seen == count);
  }

  long number(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
