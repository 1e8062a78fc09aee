package io.tallystick.clearing.payment.postgres;

import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.payment.Change;
import io.tallystick.clearing.payment.Credit;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Refund;
import io.tallystick.clearing.payment.Work;
import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.trace.TraceContext;
import jakarta.inject.Singleton;
import java.util.List;

/// The statements that write payments, one for each table. They go out with the pipeline.
@Singleton
class PaymentWriter {
  private final ReasonJson json;

  PaymentWriter(ReasonJson json) {
    this.json = json;
  }

  void write(Pipeline pipeline, Work work) {
    if (!work.opened().isEmpty()) {
      insert(pipeline, work.opened());
    }
    if (!work.moved().isEmpty()) {
      update(pipeline, work.moved());
    }
    if (!work.changes().isEmpty()) {
      record(pipeline, work.changes());
    }
    if (!work.openedCredits().isEmpty()) {
      openCredits(pipeline, work.openedCredits());
    }
    if (!work.changedCredits().isEmpty()) {
      changeCredits(pipeline, work.changedCredits());
    }
    if (!work.refunds().isEmpty()) {
      refund(pipeline, work.refunds(), work.now().toString());
    }
  }

  private static void insert(Pipeline pipeline, List<Payment> payments) {
    pipeline.update(
        Columns.of(payments)
            .text("payer", Payment::payerId)
            .text("payment", Payment::paymentId)
            .text("instrument_kind", p -> p.terms().instrument().kind().text())
            .text("instrument", p -> p.terms().instrument().id())
            .text("device", p -> p.terms().deviceId())
            .text("merchant", p -> p.terms().merchantId())
            .text("terminal", p -> p.terms().terminalId())
            .text("order", p -> p.terms().orderId())
            .int8("amount", p -> p.terms().amount().amountMinor())
            .text("currency", p -> p.terms().amount().currency())
            .text("state", Payment::state)
            .text("decline_reason", Payment::declineReason)
            .int4("revision", Payment::revision)
            .instant("occurred", Payment::occurredAt)
            .instant("cleared", Payment::clearedAt)
            .instant("changed", Payment::changedAt)
            .text("trace", p -> TraceContext.traceIdAbout(p.paymentId()).orElse(null))
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO payment
                          (payer_id, payment_id, instrument_kind, instrument_id, device_id, merchant_id,
                           terminal_id, order_id, amount_minor, currency, state, decline_reason, revision,
                           occurred_at, cleared_at, changed_at, trace_id)
                        SELECT x.payer_id, x.payment_id, x.instrument_kind, x.instrument_id, x.device_id,
                          x.merchant_id, x.terminal_id, x.order_id, x.amount_minor, x.currency, x.state,
                          x.decline_reason, x.revision, x.occurred_at::timestamptz,
                          x.cleared_at::timestamptz, x.changed_at::timestamptz, x.trace_id::uuid
                        FROM unnest(:payer, :payment, :instrument_kind, :instrument, :device, :merchant,
                          :terminal, :order, :amount, :currency, :state, :decline_reason, :revision,
                          :occurred, :cleared, :changed, :trace)
                          AS x(payer_id, payment_id, instrument_kind, instrument_id, device_id, merchant_id,
                           terminal_id, order_id, amount_minor, currency, state, decline_reason, revision,
                           occurred_at, cleared_at, changed_at, trace_id)
                        """)));
  }

  /// The payments are locked; a revision that is not the next one is a mistake of this code.
  private static void update(Pipeline pipeline, List<Payment> payments) {
    pipeline.update(
        Columns.of(payments)
            .text("payer", Payment::payerId)
            .text("payment", Payment::paymentId)
            .text("state", Payment::state)
            .int8("refunded", Payment::refundedMinor)
            .int4("revision", Payment::revision)
            .instant("cleared", Payment::clearedAt)
            .instant("changed", Payment::changedAt)
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        UPDATE payment p
                        SET state = x.state, refunded_minor = x.refunded_minor, revision = x.revision,
                            cleared_at = x.cleared_at::timestamptz, changed_at = x.changed_at::timestamptz
                        FROM unnest(:payer, :payment, :state, :refunded, :revision, :cleared, :changed)
                          AS x(payer_id, payment_id, state, refunded_minor, revision, cleared_at,
                           changed_at)
                        WHERE p.payer_id = x.payer_id AND p.payment_id = x.payment_id
                          AND p.revision < x.revision
                        """)),
        updated -> {
          if (updated != payments.size()) {
            throw new AssertionError("payments changed under their locks");
          }
        });
  }

  private void record(Pipeline pipeline, List<Change> changes) {
    pipeline.update(
        Columns.of(changes)
            .text("payer", c -> c.after().payerId())
            .text("payment", c -> c.after().paymentId())
            .int4("revision", c -> c.after().revision())
            .text("state", c -> c.after().state())
            .text("previous", Change::previousState)
            .text("reasons", c -> json.write(c.reasons()))
            .instant("changed", c -> c.after().changedAt())
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO payment_change
                          (payer_id, payment_id, revision, state, previous_state, reasons, changed_at)
                        SELECT x.payer_id, x.payment_id, x.revision, x.state, x.previous_state,
                          x.reasons::jsonb, x.changed_at::timestamptz
                        FROM unnest(:payer, :payment, :revision, :state, :previous, :reasons, :changed)
                          AS x(payer_id, payment_id, revision, state, previous_state, reasons, changed_at)
                        """)));
  }

  private static void openCredits(Pipeline pipeline, List<Credit> credits) {
    pipeline.update(
        Columns.of(credits)
            .text("payer", Credit::payerId)
            .text("payment", Credit::paymentId)
            .text("merchant", Credit::merchantId)
            .int4("bucket", c -> c.bucket().number())
            .int8("amount", c -> c.amount().amountMinor())
            .text("currency", c -> c.amount().currency())
            .bool("tap", Credit::tap)
            .instant("cleared", Credit::clearedAt)
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO merchant_credit
                          (payer_id, payment_id, merchant_id, bucket, amount_minor, currency, tap, cleared_at)
                        SELECT x.payer_id, x.payment_id, x.merchant_id, x.bucket, x.amount_minor, x.currency,
                          x.tap, x.cleared_at::timestamptz
                        FROM unnest(:payer, :payment, :merchant, :bucket, :amount, :currency, :tap, :cleared)
                          AS x(payer_id, payment_id, merchant_id, bucket, amount_minor, currency, tap,
                           cleared_at)
                        """)));
  }

  private static void changeCredits(Pipeline pipeline, List<Credit> credits) {
    pipeline.update(
        Columns.of(credits)
            .text("payer", Credit::payerId)
            .text("payment", Credit::paymentId)
            .int8("returned", Credit::returnedMinor)
            .instant("reversed", Credit::reversedAt)
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        UPDATE merchant_credit c
                        SET returned_minor = x.returned_minor, reversed_at = x.reversed_at::timestamptz
                        FROM unnest(:payer, :payment, :returned, :reversed)
                          AS x(payer_id, payment_id, returned_minor, reversed_at)
                        WHERE c.payer_id = x.payer_id AND c.payment_id = x.payment_id
                        """)));
  }

  private static void refund(Pipeline pipeline, List<Refund> refunds, String now) {
    pipeline.update(
        Columns.of(refunds)
            .text("payer", Refund::payerId)
            .text("payment", Refund::paymentId)
            .text("refund", Refund::refundId)
            .text("merchant", Refund::merchantId)
            .int8("amount", r -> r.amount().amountMinor())
            .text("currency", r -> r.amount().currency())
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO refund
                          (payer_id, payment_id, refund_id, merchant_id, amount_minor, currency, refunded_at)
                        SELECT x.payer_id, x.payment_id, x.refund_id, x.merchant_id, x.amount_minor,
                          x.currency, :now::timestamptz
                        FROM unnest(:payer, :payment, :refund, :merchant, :amount, :currency)
                          AS x(payer_id, payment_id, refund_id, merchant_id, amount_minor, currency)
                        """))
            .bind("now", now));
  }
}
