package io.tallystick.risk.observation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// One payment as it is scored.
///
/// @param paidAt tap time (the terminal's clock: evidence) or, for a code, server time; windows
///   count by it
/// @param receivedAt server time at which it became known here
/// @param statedEnrolledAt when the caller says the device was enrolled, null for a tap
/// @param place where the terminal is registered, null for one that moves
/// @param tap null for a code
public record Observation(
    String paymentId,
    String payerId,
    DeviceId deviceId,
    Way way,
    MerchantId merchantId,
    TerminalId terminalId,
    Money amount,
    Instant paidAt,
    Instant receivedAt,
    @Nullable Instant statedEnrolledAt,
    @Nullable Place place,
    @Nullable TapEvidence tap) {
  /// Longest payment or payer id taken, in characters.
  public static final int MAX_ID_LENGTH = 128;

  public Observation {
    requireId(paymentId, "paymentId");
    requireId(payerId, "payerId");
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(way, "way is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(terminalId, "terminalId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(paidAt, "paidAt is null");
    requireNonNull(receivedAt, "receivedAt is null");
    // What the store keeps, so that a payment just scored and the same one read again are equal.
    paidAt = paidAt.truncatedTo(ChronoUnit.MICROS);
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
    if (way.isTap() != (tap != null)) {
      throw new IllegalArgumentException(
          "tap must be given for a tap and for nothing else: " + way);
    }
  }

  private static void requireId(String id, String name) {
    requireNonNull(id, name + " is null");
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          name + " must have 1 to " + MAX_ID_LENGTH + " characters: " + id);
    }
  }
}
