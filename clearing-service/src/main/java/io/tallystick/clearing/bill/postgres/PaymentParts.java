package io.tallystick.clearing.bill.postgres;

import io.tallystick.clearing.bill.Bill;
import io.tallystick.clearing.bill.Bill.Amount;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.postgres.PaymentRows;
import io.tallystick.clearing.payment.postgres.ReasonJson;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// What hangs on one payment.
record PaymentParts(Handle handle, String payerId, String paymentId, ReasonJson json, int most) {
  List<Bill.Change> history() {
    return query(
            """
            SELECT revision, state, previous_state, reasons::text, changed_at FROM payment_change
            WHERE payer_id = :payer AND payment_id = :payment
            ORDER BY revision LIMIT :most
            """)
        .map((row, _) ->
            new Bill.Change(
                row.getInt("revision"),
                row.getString("state"),
                row.getString("previous_state"),
                json.read(row.getString("reasons")),
                PaymentRows.required(row, "changed_at")))
        .list();
  }

  List<Bill.Refund> refunds() {
    return query(
            """
            SELECT refund_id, amount_minor, currency, refunded_at FROM refund
            WHERE payer_id = :payer AND payment_id = :payment
            ORDER BY refunded_at, refund_id LIMIT :most
            """)
        .map((row, _) ->
            new Bill.Refund(
                row.getString("refund_id"),
                new Amount(row.getLong("amount_minor"), row.getString("currency")),
                PaymentRows.required(row, "refunded_at")))
        .list();
  }

  List<Reason> halvesReasons() {
    return query(
            """
            SELECT reasons::text FROM tap
            WHERE payer_id = :payer AND payment_id = :payment LIMIT :most
            """)
        .mapTo(String.class)
        .findFirst()
        .map(json::read)
        .orElse(List.of());
  }

  List<Bill.Evidence> evidence() {
    return query(
            """
            SELECT evidence_id, second_merchant_id, second_terminal_id, second_amount_minor,
              second_currency, detected_at
            FROM tap_conflict
            WHERE payer_id = :payer AND payment_id = :payment
            ORDER BY detected_at, evidence_id LIMIT :most
            """)
        .map((row, _) ->
            new Bill.Evidence(
                row.getString("evidence_id"),
                row.getString("second_merchant_id"),
                row.getString("second_terminal_id"),
                new Amount(row.getLong("second_amount_minor"), row.getString("second_currency")),
                PaymentRows.required(row, "detected_at")))
        .list();
  }

  Optional<LocalDate> settlementDay() {
    return query(
            """
            SELECT b.day FROM merchant_credit c
            JOIN settlement_batch b USING (merchant_id, batch_id)
            WHERE c.payer_id = :payer AND c.payment_id = :payment AND b.closed_at IS NOT NULL
            LIMIT :most
            """)
        .mapTo(LocalDate.class)
        .findFirst();
  }

  private Query query(String sql) {
    return handle
        .createQuery(sql)
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .bind("most", most);
  }
}
