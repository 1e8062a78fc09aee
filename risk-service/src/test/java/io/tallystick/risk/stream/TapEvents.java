package io.tallystick.risk.stream;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DeviceEnrolled;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventIds;
import io.tallystick.risk.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A payer with one device, and what other services would tell of it.
public final class TapEvents {
  public final String payerId = Ids.fresh("payer-");
  public final String deviceId = Ids.device();
  public final Instant start = Instant.now().minus(Duration.ofMinutes(10));
  private long left = 100_000;

  /// A tap so many seconds after the start; the allowance goes down with each in the order of
  /// calls.
  public TapReceived.Builder tap(int counter, long second) {
    left -= 1_850;
    String serial = deviceId + "%08x".formatted(counter);
    return TapReceived.newBuilder()
        .setPaymentId("tap_" + serial)
        .setSerial(serial)
        .setPayerId(payerId)
        .setDeviceId(deviceId)
        .setCounter(counter)
        .setMerchantId("shop")
        .setTerminalId("T1")
        .setAmount(money(1_850))
        .setSide(TapSide.TAP_SIDE_TERMINAL)
        .setTappedAt(at(start.plusSeconds(second)))
        .setReceivedAt(at(start.plusSeconds(120).plusMillis(counter)))
        .setAllowanceLeftMinor(left)
        .setTerminalPlace(Place.newBuilder().setLatitudeDegrees(39.9).setLongitudeDegrees(116.4));
  }

  public DeviceEnrolled enrolled() {
    return DeviceEnrolled.newBuilder()
        .setPayerId(payerId)
        .setDeviceId(deviceId)
        .setAllowance(money(100_000))
        .setEnrolledAt(at(start.minus(Duration.ofDays(30))))
        .build();
  }

  public TapConflict conflict(int counter) {
    return TapConflict.newBuilder()
        .setSerial(deviceId + "%08x".formatted(counter))
        .setPayerId(payerId)
        .setDeviceId(deviceId)
        .setEvidenceId(Ids.fresh("ev-"))
        .setDetectedAt(at(start))
        .build();
  }

  public PaymentChanged changed(String paymentId, String state, int revision, long amountMinor) {
    return PaymentChanged.newBuilder()
        .setPaymentId(paymentId)
        .setPayerId(payerId)
        .setDeviceId(deviceId)
        .setAmount(money(amountMinor))
        .setState(state)
        .setRevision(revision)
        .setPaidAt(at(start.minusSeconds(3_600)))
        .setChangedAt(at(start.minusSeconds(3_600)))
        .build();
  }

  public ChallengeEnded ended(String paymentId, ChallengeOutcome outcome) {
    return ChallengeEnded.newBuilder()
        .setChallengeId(Ids.fresh("ch-"))
        .setPaymentId(paymentId)
        .setPayerId(payerId)
        .setOutcome(outcome)
        .setEndedAt(at(start.plusSeconds(130)))
        .build();
  }

  /// As it arrives.
  public Event event(Message message) {
    return new Event(
        EventIds.at(Instant.now()),
        message.getDescriptorForType().getName(),
        payerId,
        Instant.now(),
        Optional.empty(),
        message.toByteString());
  }

  public static Money money(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrency("CNY").build();
  }

  public static Timestamp at(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
