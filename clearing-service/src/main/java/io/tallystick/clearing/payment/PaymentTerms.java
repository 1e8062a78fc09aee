package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TokenSerial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a payment is about. It never changes; the same payment id with other terms is an error.
///
/// @param orderId the merchant's; null for a tap
public record PaymentTerms(
    String payerId,
    String paymentId,
    Instrument instrument,
    String deviceId,
    String merchantId,
    String terminalId,
    @Nullable String orderId,
    Money amount) {
  /// Longest identifier that is stored.
  public static final int LONGEST_ID = 128;

  /// What the payment ids of taps begin with, and no other.
  public static final String TAP_PREFIX = "tap_";

  /// What the instruments of taps begin with, and no other.
  public static final String TAP_INSTRUMENT_PREFIX = "tap:";

  public PaymentTerms {
    requireId("payer_id", payerId);
    requireId("payment_id", paymentId);
    requireNonNull(instrument, "instrument is null");
    requireId("device_id", deviceId);
    requireId("merchant_id", merchantId);
    requireId("terminal_id", terminalId);
    if (orderId != null) {
      requireId("order_id", orderId);
    }
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount_minor is zero");
    }
  }

  /// The terms of a tap: its payment id and its instrument follow from the serial.
  public static PaymentTerms ofTap(
      TokenSerial serial, String payerId, String merchantId, String terminalId, Money amount) {
    return new PaymentTerms(
        payerId,
        TAP_PREFIX + serial,
        new Instrument(InstrumentKind.TAP, TAP_INSTRUMENT_PREFIX + serial),
        serial.deviceId().toString(),
        merchantId,
        terminalId,
        null,
        amount);
  }

  /// Names of the fields in which these terms differ from `other`, comma-separated; empty if none.
  public String difference(PaymentTerms other) {
    List<String> fields = new ArrayList<>();
    add(fields, "payer_id", payerId, other.payerId);
    add(fields, "instrument", instrument, other.instrument);
    add(fields, "device_id", deviceId, other.deviceId);
    add(fields, "merchant_id", merchantId, other.merchantId);
    add(fields, "terminal_id", terminalId, other.terminalId);
    add(fields, "order_id", orderId, other.orderId);
    add(fields, "amount_minor", amount.amountMinor(), other.amount.amountMinor());
    add(fields, "currency", amount.currency(), other.amount.currency());
    return String.join(", ", fields);
  }

  private static void add(
      List<String> fields, String name, @Nullable Object mine, @Nullable Object others) {
    if (!Objects.equals(mine, others)) {
      fields.add(name);
    }
  }

  private static void requireId(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST_ID) {
      throw new IllegalArgumentException(field + " has a length of " + value.length());
    }
  }
}
