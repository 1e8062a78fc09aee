package io.tallystick.clearing.payment.postgres;

import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.clearing.payment.Change;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import io.tallystick.kit.event.OutboxMessage;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/// Tells the `payments` stream of changes.
@Singleton
class PaymentEvents {
  private final Outbox outbox;

  PaymentEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /// Writes one event for each change, in the transaction of the change.
  void append(Pipeline pipeline, List<Change> changes) {
    outbox.append(
        pipeline,
        changes.stream()
            .map(c -> new OutboxMessage(EventStream.PAYMENTS, c.after().payerId(), message(c)))
            .toList());
  }

  static PaymentChanged message(Change change) {
    Payment payment = change.after();
    PaymentTerms terms = payment.terms();
    PaymentChanged.Builder message =
        PaymentChanged.newBuilder()
            .setPaymentId(terms.paymentId())
            .setPayerId(terms.payerId())
            .setDeviceId(terms.deviceId())
            .setMerchantId(terms.merchantId())
            .setTerminalId(terms.terminalId())
            .setInstrument(ProtoValues.instrument(terms.instrument()))
            .setAmount(ProtoValues.money(terms.amount()))
            .setState(payment.state())
            .setPreviousState(change.previousState())
            .setRevision(payment.revision())
            .setChangedAt(ProtoValues.timestamp(payment.changedAt()))
            .setAwaitsChallenge(payment.awaitsChallenge());
    if (terms.orderId() != null) {
      message.setOrderId(terms.orderId());
    }
    change.reasons().forEach(reason -> message.addReasons(ProtoValues.reason(reason)));
    Instant paidAt = payment.paidAt();
    if (paidAt != null) {
      message.setPaidAt(ProtoValues.timestamp(paidAt));
    }
    if (payment.refundedMinor() > 0) {
      message.setRefunded(ProtoValues.money(payment.refundedMinor(), terms.amount().currency()));
    }
    return message.build();
  }
}
