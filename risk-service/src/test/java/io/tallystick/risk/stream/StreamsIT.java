package io.tallystick.risk.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.EventsConfig;
import io.tallystick.risk.RiskPlatform;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Taps in from the real stream, decisions out to the real stream.
@QuarkusTest
@RiskPlatform
class StreamsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject RedisDataSource redis;
  @Inject EventsConfig config;
  @Inject Database database;

  private final TapEvents payer = new TapEvents();
  private StreamCommands<String, String, byte[]> streams;

  @BeforeEach
  void connect() {
    streams = redis.stream(String.class, String.class, byte[].class);
  }

  private Event send(EventStream stream, Message message) {
    Event event = payer.event(message);
    send(stream, event);
    return event;
  }

  private void send(EventStream stream, Event event) {
    streams.xadd(
        stream.key(Math.floorMod(payer.payerId.hashCode(), config.partitions())),
        Map.of(
            "id", text(event.id().toString()),
            "type", text(event.type()),
            "key", text(event.key()),
            "at", text(event.occurredAt().toString()),
            "data", event.data().toByteArray()));
  }

  private List<TapDecided> decided() {
    List<TapDecided> decided = new ArrayList<>();
    for (int partition = 0; partition < config.partitions(); partition++) {
      for (var entry :
          streams.xrange(EventStream.DECISIONS.key(partition), StreamRange.of("-", "+"))) {
        if (new String(entry.payload().get("key"), StandardCharsets.UTF_8).equals(payer.payerId)) {
          decided.add(decode(entry.payload().get("data")));
        }
      }
    }
    return decided;
  }

  @Test
  void threeTapsInTenSecondsFreezeTheThird() {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      TapReceived tap = payer.tap(i, 3L * i).build();
      send(EventStream.TOKENS, tap);
      ids.add(tap.getPaymentId());
    }

    await(() -> decided().size() == 3);

    List<TapDecided> decided = decided();
    assertThat(decided).extracting(TapDecided::getPaymentId).containsExactlyElementsOf(ids);
    assertThat(decided)
        .extracting(TapDecided::getOutcome)
        .containsExactly(
            DecisionOutcome.DECISION_OUTCOME_CLEAR,
            DecisionOutcome.DECISION_OUTCOME_CLEAR,
            DecisionOutcome.DECISION_OUTCOME_FREEZE);
    assertThat(decided.getLast().getReasons(0).getPaymentIdsList()).isEqualTo(ids);
  }

  @Test
  void anEventDeliveredTwiceAndASecondHalfMakeOneDecision() {
    TapReceived tap = payer.tap(1, 0).build();
    Event event = send(EventStream.TOKENS, tap);
    send(EventStream.TOKENS, event);
    send(EventStream.TOKENS, tap);
    send(EventStream.TOKENS, event);
    TapReceived last = payer.tap(2, 60).build();
    send(EventStream.TOKENS, last);

    await(() -> decided().stream().anyMatch(d -> d.getPaymentId().equals(last.getPaymentId())));

    assertThat(decided())
        .extracting(TapDecided::getPaymentId)
        .containsExactly(tap.getPaymentId(), last.getPaymentId());
  }

  @Test
  void learnsOfDevicesFromTheirStream() {
    send(EventStream.DEVICES, payer.enrolled());

    await(() -> count("device", "payer_id = '" + payer.payerId + "'") == 1);
    assertThat(count("device_grant", "payer_id = '" + payer.payerId + "'")).isEqualTo(1);
  }

  @Test
  void aTapThatCannotBeReadHoldsUpNobodyAndIsBuriedWithTheReason() {
    TapReceived bad = payer.tap(1, 0).setDeviceId("nonsense").build();
    TapReceived good = payer.tap(2, 60).build();
    Event buried = send(EventStream.TOKENS, bad);
    send(EventStream.TOKENS, good);

    await(() -> decided().size() == 1);
    await(() -> count("dead_letter", "event_id = '" + buried.id() + "'") == 1);

    assertThat(decided()).extracting(TapDecided::getPaymentId).containsExactly(good.getPaymentId());
    String message =
        database.read(handle ->
            handle
                .createQuery("select message from dead_letter where event_id = :id")
                .bind("id", buried.id())
                .mapTo(String.class)
                .one());
    assertThat(message).contains("device_id is malformed: nonsense");
  }

  private int count(String table, String where) {
    return database.read(handle ->
        handle
            .createQuery("select count(*) from " + table + " where " + where)
            .mapTo(Integer.class)
            .one());
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("did not happen within " + PATIENCE);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static TapDecided decode(byte[] data) {
    try {
      return TapDecided.parseFrom(data);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
