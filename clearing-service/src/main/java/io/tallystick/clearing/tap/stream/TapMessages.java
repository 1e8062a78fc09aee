package io.tallystick.clearing.tap.stream;

import com.google.protobuf.ByteString;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.tap.Conflict;
import io.tallystick.clearing.tap.Half;
import io.tallystick.clearing.tap.TapDecision;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.tap.TapHalf;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Reads what verify-service and risk-service say about taps. What is malformed throws, and the
/// event becomes a dead letter.
final class TapMessages {
  private TapMessages() {}

  static Half half(TapReceived message) {
    PaymentTerms terms =
        PaymentTerms.ofTap(
            TokenSerial.parse(message.getSerial()),
            message.getPayerId(),
            message.getMerchantId(),
            message.getTerminalId(),
            ProtoValues.money(message.getAmount()));
    requirePaymentId(terms, message.getPaymentId());
    return new Half(
        terms,
        side(message.getSide()),
        ProtoValues.instant(message.getTappedAt()),
        ProtoValues.instant(message.getReceivedAt()),
        hex(message.getTokenDigest()),
        receipt(message),
        message.getPoweredOff(),
        message.getLate(),
        message.getMissingCounters());
  }

  private static Half.@Nullable Receipt receipt(TapReceived message) {
    return message.getReceiptDigest().isEmpty() || !message.hasReceiptAmount()
        ? null
        : new Half.Receipt(
            hex(message.getReceiptDigest()),
            ProtoValues.money(message.getReceiptAmount()),
            message.getReceiptMerchantId());
  }

  static TapDecision decision(TapDecided message) {
    PaymentTerms terms =
        PaymentTerms.ofTap(
            TokenSerial.parse(message.getSerial()),
            message.getPayerId(),
            message.getMerchantId(),
            message.getTerminalId(),
            ProtoValues.money(message.getAmount()));
    requirePaymentId(terms, message.getPaymentId());
    return new TapDecision(
        terms,
        ProtoValues.instant(message.getTappedAt()),
        outcome(message.getOutcome()),
        ProtoValues.reasons(message.getReasonsList()));
  }

  static Conflict conflict(TapConflict message) {
    TokenSerial serial = TokenSerial.parse(message.getSerial());
    return new Conflict(
        message.getPayerId(),
        PaymentTerms.TAP_PREFIX + serial,
        message.getEvidenceId(),
        hex(message.getSecondTokenDigest()),
        message.getSecondMerchantId(),
        message.getSecondTerminalId(),
        ProtoValues.money(message.getSecondAmount()),
        ProtoValues.instant(message.getDetectedAt()));
  }

  private static void requirePaymentId(PaymentTerms terms, String paymentId) {
    if (!terms.paymentId().equals(paymentId)) {
      throw new IllegalArgumentException("payment_id is not the serial's: " + paymentId);
    }
  }

  private static TapHalf.Side side(TapSide side) {
    return switch (side) {
      case TAP_SIDE_WALLET -> TapHalf.Side.WALLET;
      case TAP_SIDE_TERMINAL -> TapHalf.Side.TERMINAL;
      case TAP_SIDE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("side is not set");
    };
  }

  private static TapDecision.Outcome outcome(DecisionOutcome outcome) {
    return switch (outcome) {
      case DECISION_OUTCOME_CLEAR -> TapDecision.Outcome.CLEAR;
      case DECISION_OUTCOME_FREEZE -> TapDecision.Outcome.FREEZE;
      case DECISION_OUTCOME_REFUSE -> TapDecision.Outcome.REFUSE;
      case DECISION_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("outcome is not set");
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
