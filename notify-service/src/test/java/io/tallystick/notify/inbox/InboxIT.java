package io.tallystick.notify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.HalvesChanged;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.EventReader;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class InboxIT {
  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;

  private final String payerId = "payer-" + UUID.randomUUID();

  @Test
  void tellsEveryStateOnceWithWordsAndReasons() {
    List<String> states =
        List.of(
            "paid",
            "declined",
            "closed",
            "reversed",
            "refunded",
            "cleared",
            "refused",
            "returned",
            "settled");
    for (String state : states) {
      var change = Clearing.changed(payerId, "pay_" + state, state, 1).build();
      clearing.publish(payerId, change);
      clearing.publish(payerId, change);
    }
    clearing.publish(payerId, Clearing.changed(payerId, "pay_received", "received", 1).build());
    HalvesChanged halves =
        HalvesChanged.newBuilder()
            .setPaymentId("tap_x")
            .setPayerId(payerId)
            .setMerchantId("shop-1")
            .setState("disputed")
            .setChangedAt(Clearing.now())
            .build();
    clearing.publish(payerId, halves);
    clearing.publish(payerId, halves);
    clearing.publish(payerId, halves.toBuilder().setState("matched").build());
    Await.until("all are told", () -> told() == states.size() + 2);

    JsonNode items = payer().get("/v1/inbox").body().at("/items");
    List<String> seen = items.valueStream().map(item -> item.path("state").asText()).toList();
    List<String> expected = new ArrayList<>(states);
    expected.add("disputed");
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(items.valueStream().map(item -> item.path("text").asText())).doesNotContain("");
    assertThat(items.valueStream().map(item -> item.path("id").asLong()).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, expected.size()).boxed().toList());
  }

  @Test
  void pagesNewestFirst() {
    publish(5);
    JsonNode first = payer().get("/v1/inbox?limit=3").body();
    assertThat(ids(first)).containsExactly(5L, 4L, 3L);
    JsonNode second =
        payer().get("/v1/inbox?limit=3&cursor=" + first.path("nextCursor").asText()).body();
    assertThat(ids(second)).containsExactly(2L, 1L);
    assertThat(second.has("nextCursor")).isFalse();
    assertThat(payer().get("/v1/inbox?limit=0").status()).isEqualTo(400);
    assertThat(payer().get("/v1/inbox?cursor=%21").status()).isEqualTo(400);
  }

  @Test
  void anInboxIsThePayersOwn() {
    publish(2);
    assertThat(Api.payer(platform, payerId + "-x").get("/v1/inbox").body().at("/items")).isEmpty();
    assertThat(Api.merchant(platform, "shop-1").get("/v1/inbox").status()).isEqualTo(403);
    assertThat(Api.with(platform, "nonsense").get("/v1/inbox").status()).isEqualTo(401);
  }

  @Test
  void resumesWithoutGapOrRepeatWhileItemsKeepComing() throws Exception {
    int total = 200;
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 1; i <= total; i++) {
                clearing.publish(payerId, Clearing.changed(payerId, "pay_" + i, "paid", 1).build());
              }
            });
    List<Long> received = new ArrayList<>();
    String last = "0";
    while (received.size() < total) {
      // Each connection is dropped after a few items, in the middle of what comes.
      try (EventReader reader = EventReader.open(payer().stream("/v1/inbox/stream", last))) {
        for (int i = 0; i < 23 && received.size() < total; i++) {
          EventReader.Event event = reader.next();
          assertThat(event.name()).isEqualTo("item");
          assertThat(event.data().path("id").asText()).isEqualTo(event.id());
          received.add(Long.valueOf(event.id()));
          last = event.id();
        }
      }
    }
    writer.join();
    assertThat(received)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, total).boxed().toList());
  }

  @Test
  void startsWithWhatComesAfterTheConnection() {
    publish(2);
    try (EventReader reader = EventReader.open(payer().stream("/v1/inbox/stream", null))) {
      reader.awaitComment();
      clearing.publish(payerId, Clearing.changed(payerId, "pay_new", "paid", 1).build());
      assertThat(reader.next().id()).isEqualTo("3");
    }
    try (EventReader reader = EventReader.open(payer().stream("/v1/inbox/stream?after=1", null))) {
      assertThat(reader.next().id()).isEqualTo("2");
    }
  }

  @Test
  void seesWhatAnotherReplicaStored() {
    publish(1);
    try (EventReader reader = EventReader.open(payer().stream("/v1/inbox/stream", "1"))) {
      reader.awaitComment();
      // As another process would: nothing in this one is woken.
      records.update(
          """
          WITH head AS (UPDATE payer SET last_item_id = last_item_id + 1 WHERE payer_id = ?
            RETURNING payer_id, last_item_id)
          INSERT INTO inbox_item SELECT h.payer_id, h.last_item_id, i.type, i.title, i.text, i.payment_id,
            i.merchant_id, i.amount_minor, i.refunded_minor, i.currency, i.state, i.revision, i.reasons,
            i.challenge_id, i.changed_at, i.created_at
          FROM head h JOIN inbox_item i ON i.payer_id = h.payer_id AND i.item_id = 1
          """,
          payerId);
      assertThat(reader.next().id()).isEqualTo("2");
    }
  }

  @Test
  void beatsWhileThereIsNothingToSay() {
    try (EventReader reader = EventReader.open(payer().stream("/v1/inbox/stream", "0"))) {
      reader.awaitComment();
      reader.awaitComment();
    }
  }

  @Test
  void boundsTheStreamsOfAPayer() {
    List<EventReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        EventReader reader = EventReader.open(payer().stream("/v1/inbox/stream", "0"));
        reader.awaitComment();
        open.add(reader);
      }
      var refused = payer().stream("/v1/inbox/stream", "0");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body().reduce("", String::concat)).contains("too-many-streams");
      open.removeFirst().close();
      Await.until(
          "the place is free again",
          () -> {
            var again = payer().stream("/v1/inbox/stream", "0");
            if (again.statusCode() == 200) {
              open.add(EventReader.open(again));
              return true;
            }
            again.body().close();
            return false;
          });
    } finally {
      open.forEach(EventReader::close);
    }
  }

  @Test
  void endsWithTheToken() {
    String token =
        platform.oidc().token(DevOidc.User.payer(payerId, "", payerId), Duration.ofSeconds(3));
    try (EventReader reader =
        EventReader.open(Api.with(platform, token).stream("/v1/inbox/stream", "0"))) {
      reader.awaitEnd();
    }
    assertThat(payer().stream("/v1/inbox/stream", "x").statusCode()).isEqualTo(400);
  }

  private void publish(int count) {
    for (int i = 1; i <= count; i++) {
      clearing.publish(payerId, Clearing.changed(payerId, "pay_" + i, "paid", 1).build());
    }
    Await.until("all are told", () -> told() == count);
  }

  private long told() {
    return records.number("SELECT count(*) FROM payment_told WHERE payer_id = ?", payerId);
  }

  private static List<Long> ids(JsonNode page) {
    return page.at("/items").valueStream().map(item -> item.path("id").asLong()).toList();
  }

  private Api payer() {
    return Api.payer(platform, payerId);
  }
}
