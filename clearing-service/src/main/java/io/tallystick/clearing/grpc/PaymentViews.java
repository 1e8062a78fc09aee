package io.tallystick.clearing.grpc;

import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.protocol.state.PaymentState;
import java.time.Instant;

/// Payments as callers see them.
final class PaymentViews {
  private PaymentViews() {}

  static PaymentView of(Payment payment) {
    String currency = payment.terms().amount().currency();
    PaymentView.Builder view =
        PaymentView.newBuilder()
            .setPaymentId(payment.paymentId())
            .setState(payment.state())
            .setAmount(ProtoValues.money(payment.terms().amount()))
            .setRefunded(ProtoValues.money(payment.refundedMinor(), currency))
            .setChangedAt(ProtoValues.timestamp(payment.changedAt()))
            .setRevision(payment.revision());
    if (payment.declineReason() != null) {
      view.setDeclineReason(payment.declineReason());
    }
    Instant paidAt = payment.paidAt();
    if (paidAt != null) {
      view.setPaidAt(ProtoValues.timestamp(paidAt));
    }
    return view.build();
  }

  /// A payment that was taken back before it began: reversed, without amount and revision.
  static PaymentView stopped(String paymentId, Instant since) {
    return PaymentView.newBuilder()
        .setPaymentId(paymentId)
        .setState(new PaymentState.Reversed().name())
        .setChangedAt(ProtoValues.timestamp(since))
        .build();
  }
}
