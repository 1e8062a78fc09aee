package io.tallystick.notify.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.ItemSocket;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class InboxSocketIT {
  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;

  private final String payerId = "payer-" + UUID.randomUUID();

  @Test
  void sendsWhatComesAfterTheItemNamed() {
    publish(3);
    Await.until("all are told", () -> told() == 3);
    try (ItemSocket socket = open("?after=1")) {
      assertThat(socket.next().path("id").asLong()).isEqualTo(2);
      assertThat(socket.next().path("id").asLong()).isEqualTo(3);
      publish(4, 4);
      JsonNode live = socket.next();
      assertThat(live.path("id").asLong()).isEqualTo(4);
      assertThat(live.path("paymentId").asText()).isEqualTo("pay_4");
    }
  }

  @Test
  void resumesWithoutGapOrRepeat() {
    int total = 60;
    Thread writer = Thread.ofVirtual().start(() -> publish(total));
    List<Long> received = new ArrayList<>();
    while (received.size() < total) {
      try (ItemSocket socket = open("?after=" + (received.isEmpty() ? 0 : received.getLast()))) {
        for (int i = 0; i < 7 && received.size() < total; i++) {
          received.add(socket.next().path("id").asLong());
        }
      }
    }
    assertThat(received)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, total).boxed().toList());
    assertThat(writer.isInterrupted()).isFalse();
  }

  @Test
  void isThePayersOwn() {
    publish(1);
    assertThatThrownBy(() -> ItemSocket.open(platform, "nonsense", "?after=0"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    try (ItemSocket other =
        ItemSocket.open(platform, platform.oidc().payerToken(payerId + "-x"), "?after=0")) {
      other.awaitPing();
      assertThat(other.received()).isEmpty();
    }
    try (ItemSocket staff =
        ItemSocket.open(platform, platform.oidc().merchantToken("shop-1"), "?after=0")) {
      assertThat(staff.closedWith()).isEqualTo("1008 NOT_A_PAYER");
    }
  }

  @Test
  void refusesWhatIsNoItemAndTooMany() {
    try (ItemSocket socket = open("?after=x")) {
      assertThat(socket.closedWith()).isEqualTo("1008 ITEM_ID_MALFORMED");
    }
    List<ItemSocket> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ItemSocket socket = open("?after=0");
      socket.awaitPing();
      open.add(socket);
    }
    try (ItemSocket oneMore = open("?after=0")) {
      assertThat(oneMore.closedWith()).isEqualTo("1008 TOO_MANY_STREAMS");
    }
    open.forEach(ItemSocket::close);
    Await.until(
        "there is room again",
        () -> {
          try (ItemSocket again = open("?after=0")) {
            return again.pingedOrClosed();
          }
        });
  }

  private ItemSocket open(String query) {
    return ItemSocket.open(platform, platform.oidc().payerToken(payerId), query);
  }

  private void publish(int last) {
    publish(1, last);
  }

  private void publish(int first, int last) {
    for (int i = first; i <= last; i++) {
      clearing.publish(payerId, Clearing.changed(payerId, "pay_" + i, "paid", 1).build());
    }
  }

  private long told() {
    return records.number("SELECT count(*) FROM inbox_item WHERE payer_id = ?", payerId);
  }
}
