package io.tallystick.clearing.tap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.kit.event.EventStream;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Events through the real streams, out of order, each entry twice.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class StreamsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject Books books;
  @Inject Redis redis;

  private record Entry(EventStream stream, UUID id, String key, Message message) {}

  @Test
  void everyEntryTwiceHasItsEffectOnce() throws Exception {
    Random random = new Random(20260301);
    List<Tap> taps = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String payer = Pays.payerWith(1_000);
      Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, "m" + i % 2, 300);
      taps.add(tap);
      boolean frozen = i % 3 == 0;
      entries.add(entry(EventStream.TOKENS, tap, tap.half(TapSide.TAP_SIDE_WALLET)));
      entries.add(entry(EventStream.TOKENS, tap, tap.half(TapSide.TAP_SIDE_TERMINAL)));
      entries.add(
          entry(
              EventStream.DECISIONS,
              tap,
              tap.decided(
                  frozen
                      ? DecisionOutcome.DECISION_OUTCOME_FREEZE
                      : DecisionOutcome.DECISION_OUTCOME_CLEAR)));
      if (frozen) {
        entries.add(
            entry(
                EventStream.CHALLENGES,
                tap,
                tap.challenge(ChallengeOutcome.CHALLENGE_OUTCOME_PASSED)));
      }
    }
    List<Entry> twice = new ArrayList<>(entries);
    twice.addAll(entries);
    Collections.shuffle(twice, random);
    for (Entry entry : twice) {
      publish(entry);
    }
    eventually(() -> entries.stream().allMatch(e -> consumed(e.id())));
    eventually(this::everythingIsAcknowledged);
    for (Tap tap : taps) {
      assertThat(books.texts("SELECT state FROM payment WHERE payment_id = ?", tap.paymentId()))
          .containsExactly("cleared");
      assertThat(books.texts("SELECT halves_state FROM tap WHERE payment_id = ?", tap.paymentId()))
          .containsExactly("matched");
      assertThat(books.available(tap.payer())).isEqualTo(700);
      assertThat(books.held(tap.payer())).isZero();
      assertThat(books.number("SELECT count(*) FROM posting WHERE payment_id = ?", tap.paymentId()))
          .isOne();
    }
  }

  @Test
  void paymentsArePublishedAndAnOutboxRowPublishedTwiceIsTheSameEvent() throws Exception {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.stepUp(payer, "m1", 100);
    Pays.pay(request);
    eventually(() -> published(payer).size() == 1);
    books.execute(
        """
        UPDATE outbox SET status = 'pending', entry_ms = NULL, entry_seq = NULL, delivered_at = NULL
        WHERE partition_key = '%s'
        """
            .formatted(payer));
    eventually(() -> published(payer).size() == 2);
    assertThat(Set.copyOf(published(payer)))
        .isEqualTo(
            Set.copyOf(
                books.texts("SELECT event_id::text FROM outbox WHERE partition_key = ?", payer)))
        .hasSize(1);
  }

  private static Entry entry(EventStream stream, Tap tap, Message message) {
    return new Entry(stream, UUID.randomUUID(), tap.payer(), message);
  }

  private void publish(Entry entry) throws Exception {
    int partition = Math.floorMod(entry.key().hashCode(), 4);
    send(
        Request.cmd(Command.XADD)
            .arg(entry.stream().key(partition))
            .arg("*")
            .arg("id")
            .arg(entry.id().toString())
            .arg("type")
            .arg(entry.message().getDescriptorForType().getName())
            .arg("key")
            .arg(entry.key())
            .arg("at")
            .arg(Instant.now().toString())
            .arg("data")
            .arg(Buffer.buffer(entry.message().toByteArray())));
  }

  private boolean consumed(UUID eventId) {
    return books.number("SELECT count(*) FROM inbox WHERE event_id = ?", eventId) == 1;
  }

  private boolean everythingIsAcknowledged() {
    for (EventStream stream :
        List.of(EventStream.TOKENS, EventStream.DECISIONS, EventStream.CHALLENGES)) {
      for (int partition = 0; partition < 4; partition++) {
        Response pending =
            send(Request.cmd(Command.XPENDING).arg(stream.key(partition)).arg("clearing"));
        if (pending.get(0).toLong() != 0 || unread(stream.key(partition))) {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether the group has not been given the last entry of the stream yet.
  private boolean unread(String key) {
    Response last =
        send(Request.cmd(Command.XREVRANGE).arg(key).arg("+").arg("-").arg("COUNT").arg("1"));
    if (last.size() == 0) {
      return false;
    }
    Response groups = send(Request.cmd(Command.XINFO).arg("GROUPS").arg(key));
    for (Response group : groups) {
      if (group.get("name").toString().equals("clearing")) {
        return !group.get("last-delivered-id").toString().equals(last.get(0).get(0).toString());
      }
    }
    return true;
  }

  /// The event ids of the entries about a payer, an id as often as it was published.
  private List<String> published(String payer) {
    List<String> ids = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      Response entries =
          send(
              Request.cmd(Command.XRANGE)
                  .arg(EventStream.PAYMENTS.key(partition))
                  .arg("-")
                  .arg("+"));
      for (Response entry : entries) {
        if (entry.get(1).toString().contains(payer)) {
          ids.add(field(entry.get(1), "id"));
        }
      }
    }
    return ids;
  }

  private static String field(Response fields, String name) {
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      if (fields.get(i).toString().equals(name)) {
        return fields.get(i + 1).toString();
      }
    }
    throw new AssertionError("an entry has no " + name);
  }

  private Response send(Request request) {
    try {
      return redis
          .send(request)
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(LIMIT);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("condition is not met within " + LIMIT).isBefore(limit);
      Thread.sleep(20);
    }
  }
}
