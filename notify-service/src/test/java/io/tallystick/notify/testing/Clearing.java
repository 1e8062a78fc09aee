package io.tallystick.notify.testing;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.kit.event.EventIds;
import io.tallystick.kit.event.EventStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/// Publishes to stream `payments` what clearing-service would.
@ApplicationScoped
public class Clearing {
  private final Redis redis;

  Clearing(Redis redis) {
    this.redis = redis;
  }

  /// A tap of 42.00 CNY at shop-1 that waits for its payer.
  public static PaymentChanged.Builder frozen(String payerId, String paymentId) {
    return changed(payerId, paymentId, "frozen", 2)
        .setPreviousState("received")
        .setAwaitsChallenge(true)
        .addReasons(
            Reason.newBuilder()
                .setRule("frequency")
                .setExplanation("3 taps within 10 s")
                .putInputs("tapsIn10Seconds", "3")
                .putThresholds("maxTapsIn10Seconds", "2")
                .addPaymentIds("tap_1"));
  }

  public static PaymentChanged.Builder changed(
      String payerId, String paymentId, String state, int revision) {
    return PaymentChanged.newBuilder()
        .setPaymentId(paymentId)
        .setPayerId(payerId)
        .setMerchantId("shop-1")
        .setTerminalId("till-1")
        .setAmount(Money.newBuilder().setAmountMinor(4200).setCurrency("CNY"))
        .setState(state)
        .setRevision(revision)
        .setPaidAt(now())
        .setChangedAt(now());
  }

  public static Timestamp now() {
    Instant now = Instant.now();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }

  /// Publishes as a new event.
  public void publish(String key, Message message) {
    publish(EventIds.at(Instant.now()), key, message);
  }

  /// Publishes under an event id of its own choice, to deliver one event twice.
  public void publish(UUID eventId, String key, Message message) {
    Request add =
        Request.cmd(Command.XADD)
            .arg(EventStream.PAYMENTS.key(0))
            .arg("*")
            .arg("id")
            .arg(eventId.toString())
            .arg("type")
            .arg(message.getDescriptorForType().getName())
            .arg("key")
            .arg(key)
            .arg("at")
            .arg(Instant.now().toString())
            .arg("data")
            .arg(Buffer.buffer(message.toByteArray()));
    redis.send(add).toCompletionStage().toCompletableFuture().join();
  }
}
