package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.state.OfflinePaymentState;
import io.tallystick.protocol.state.PaymentState;
import io.tallystick.protocol.state.PaymentState.Declined;
import io.tallystick.protocol.state.PaymentState.Refunded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A payment as it stands. It is moved on only through the states of the protocol: [#codeState] for
/// a code, [#tapState] for a tap.
///
/// @param state the name of its state
/// @param declineReason why it was declined; null in any other state
/// @param refundedMinor given back so far
/// @param revision counts its changes from 1
/// @param occurredAt when the payer paid: tap time, or server time for a code
/// @param clearedAt when the money moved; null until it does
public record Payment(
    PaymentTerms terms,
    String state,
    @Nullable String declineReason,
    long refundedMinor,
    int revision,
    Instant occurredAt,
    @Nullable Instant clearedAt,
    Instant changedAt) {
  public Payment {
    requireNonNull(terms, "terms is null");
    requireNonNull(state, "state is null");
    requireNonNull(occurredAt, "occurredAt is null");
    requireNonNull(changedAt, "changedAt is null");
  }

  /// A code payment that begins in `first`.
  static Payment begin(PaymentTerms terms, PaymentState first, Instant now) {
    String reason = first instanceof Declined declined ? declined.reason() : null;
    Instant cleared = first instanceof PaymentState.Paid ? now : null;
    return new Payment(terms, first.name(), reason, 0, 1, now, cleared, now);
  }

  /// A tap payment that begins.
  public static Payment begin(PaymentTerms terms, Instant tappedAt, Instant now) {
    return new Payment(terms, OfflinePaymentState.begin().text(), null, 0, 1, tappedAt, null, now);
  }

  public String payerId() {
    return terms.payerId();
  }

  public String paymentId() {
    return terms.paymentId();
  }

  public boolean isTap() {
    return terms.instrument().kind() == InstrumentKind.TAP;
  }

  /// The state of a code payment.
  public PaymentState codeState() {
    if (isTap()) {
      throw new AssertionError("payment is a tap: " + paymentId());
    }
    if (declineReason != null) {
      return new Declined(declineReason);
    }
    return state.equals("refunded")
        ? new Refunded(refundedMinor, terms.amount().amountMinor())
        : PaymentState.parse(state);
  }

  /// The state of a tap.
  public OfflinePaymentState tapState() {
    if (!isTap()) {
      throw new AssertionError("payment is not a tap: " + paymentId());
    }
    return OfflinePaymentState.parse(state);
  }

  /// This code payment, one revision later. Its money moves when it becomes paid.
  public Payment next(PaymentState next, Instant now) {
    long refunded = next instanceof Refunded some ? some.refundedMinor() : refundedMinor;
    Instant cleared = next instanceof PaymentState.Paid ? now : clearedAt;
    return new Payment(
        terms, next.name(), declineReason, refunded, revision + 1, occurredAt, cleared, now);
  }

  /// This tap, one revision later. Its money moves when it becomes cleared.
  public Payment next(OfflinePaymentState next, Instant now) {
    Instant cleared = next instanceof OfflinePaymentState.Cleared ? now : clearedAt;
    return new Payment(
        terms, next.text(), declineReason, refundedMinor, revision + 1, occurredAt, cleared, now);
  }

  /// Whether its money is held until the payer passes a challenge.
  public boolean awaitsChallenge() {
    return isTap()
        ? tapState() instanceof OfflinePaymentState.Frozen
        : codeState() instanceof PaymentState.AwaitingPayer;
  }

  /// When the payer paid, as the outside is told: tap time, or the server's time for a code.
  public @Nullable Instant paidAt() {
    return isTap() ? occurredAt : clearedAt;
  }
}
