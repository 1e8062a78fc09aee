package io.tallystick.clearing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.DeviceRevoked;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the other services say about taps, and its delivery to the handlers of this one.
@Singleton
public class Taps {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Instance<EventHandler> handlers;

  Taps(Database database, Instance<EventHandler> handlers) {
    this.database = database;
    this.handlers = handlers;
  }

  /// One tap, and the messages about it.
  public record Tap(String serial, String payer, String merchant, long amountMinor) {
    public String paymentId() {
      return "tap_" + serial;
    }

    public String deviceId() {
      return serial.substring(0, 16);
    }

    public TapReceived half(TapSide side) {
      return half(side, amountMinor).build();
    }

    /// A half with a receipt over some amount.
    public TapReceived.Builder half(TapSide side, long receiptMinor) {
      return TapReceived.newBuilder()
          .setPaymentId(paymentId())
          .setSerial(serial)
          .setPayerId(payer)
          .setDeviceId(deviceId())
          .setCounter(1)
          .setMerchantId(merchant)
          .setTerminalId("t1")
          .setAmount(Pays.cny(amountMinor))
          .setSide(side)
          .setTappedAt(time(TAPPED))
          .setReceivedAt(time(TAPPED.plusSeconds(side == TapSide.TAP_SIDE_WALLET ? 20 : 10)))
          .setTokenDigest(ByteString.copyFromUtf8("digest of " + serial))
          .setReceiptDigest(ByteString.copyFromUtf8("receipt of " + serial))
          .setReceiptAmount(Pays.cny(receiptMinor))
          .setReceiptMerchantId(merchant);
    }

    public TapDecided decided(DecisionOutcome outcome) {
      TapDecided.Builder decided =
          TapDecided.newBuilder()
              .setDecisionId("decision-" + serial)
              .setPaymentId(paymentId())
              .setSerial(serial)
              .setPayerId(payer)
              .setDeviceId(deviceId())
              .setMerchantId(merchant)
              .setTerminalId("t1")
              .setAmount(Pays.cny(amountMinor))
              .setTappedAt(time(TAPPED))
              .setDecidedAt(time(TAPPED.plusSeconds(30)))
              .setOutcome(outcome);
      if (outcome != DecisionOutcome.DECISION_OUTCOME_CLEAR) {
        decided.addReasons(
            Reason.newBuilder()
                .setRule("frequency")
                .setExplanation("3 taps within 10 s, more than 2")
                .putInputs("tapsIn10Seconds", "3")
                .putThresholds("maxTapsIn10Seconds", "2")
                .addPaymentIds("tap_other"));
      }
      return decided.build();
    }

    public ChallengeEnded challenge(ChallengeOutcome outcome) {
      return challengeOf(paymentId(), payer, outcome);
    }

    /// The device was revoked long ago, so that its allowance is due at once.
    public DeviceRevoked revoked() {
      return DeviceRevoked.newBuilder()
          .setPayerId(payer)
          .setDeviceId(deviceId())
          .setReason("payer_request")
          .setRevokedAt(time(Instant.now().minusSeconds(30L * 24 * 3600)))
          .build();
    }
  }

  public static final Instant TAPPED = Instant.parse("2026-03-01T08:00:00Z");

  public static ChallengeEnded challengeOf(
      String paymentId, String payer, ChallengeOutcome outcome) {
    return ChallengeEnded.newBuilder()
        .setChallengeId("challenge-" + paymentId)
        .setPaymentId(paymentId)
        .setPayerId(payer)
        .setOutcome(outcome)
        .setMethod(outcome == ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED ? "" : "sms")
        .setEndedAt(time(TAPPED.plusSeconds(300)))
        .build();
  }

  public static String freshDevice() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  public static Tap tap(String payer, String device, int counter, String merchant, long minor) {
    return new Tap(device + HexFormat.of().toHexDigits(counter), payer, merchant, minor);
  }

  public static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /// Delivers messages one after another, each as an event of its own in a transaction of its own.
  public void deliver(Message... messages) {
    for (Message message : messages) {
      deliverTogether(List.of(message));
    }
  }

  /// Delivers messages of one type in one transaction.
  public void deliverTogether(List<? extends Message> messages) {
    String type = messages.getFirst().getDescriptorForType().getName();
    EventHandler handler =
        handlers.stream().filter(h -> h.types().contains(type)).findFirst().orElseThrow();
    List<Event> events = messages.stream().map(m -> event(type, m)).toList();
    database.useTransaction(handle -> handler.handleBatch(handle, events));
  }

  private static Event event(String type, Message message) {
    return new Event(
        UUID.randomUUID(), type, "key", Instant.now(), Optional.empty(), message.toByteString());
  }
}
