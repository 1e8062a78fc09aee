package io.tallystick.clearing.bill.postgres;

import io.tallystick.clearing.bill.Bill;
import io.tallystick.clearing.bill.Bill.Amount;
import io.tallystick.clearing.bill.BillFilter;
import io.tallystick.clearing.payment.postgres.PaymentRows;
import io.tallystick.clearing.payment.postgres.ReasonJson;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.TimeCursor;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Reads bills, newest first.
@Singleton
public class PostgresBills {
  /// Most refunds and pieces of evidence that one bill shows.
  private static final int MOST_PARTS = 500;

  private static final String BILL =
      """
      SELECT %s, c.settled_at, t.halves_state, replace(p.trace_id::text, '-', '') AS trace_id
      FROM payment p
      LEFT JOIN merchant_credit c USING (payer_id, payment_id)
      LEFT JOIN tap t USING (payer_id, payment_id)
      """
          .formatted(PaymentRows.PAYMENT);

  private final ReasonJson json;

  PostgresBills(ReasonJson json) {
    this.json = json;
  }

  /// A page of a payer's bills.
  public Page<Bill> list(Handle handle, String payerId, BillFilter filter, PageRequest request) {
    return list(handle, "p.payer_id", payerId, filter, request);
  }

  /// A page of the payments to a merchant.
  public Page<Bill> listOfMerchant(
      Handle handle, String merchantId, BillFilter filter, PageRequest request) {
    return list(handle, "p.merchant_id", merchantId, filter, request);
  }

  private static Page<Bill> list(
      Handle handle, String ownerColumn, String owner, BillFilter filter, PageRequest request) {
    TimeCursor after = TimeCursor.of(request, TimeCursor.LATEST);
    List<Bill> rows =
        handle
            .createQuery(
                """
                %s
                WHERE %s = :owner
                  AND (p.occurred_at, p.payment_id) < (:after::timestamptz, :after_id)
                  AND p.occurred_at >= :from::timestamptz AND p.occurred_at < :to::timestamptz
                  AND (:state = '' OR p.state = :state)
                  AND (:kind = '' OR p.instrument_kind = :kind
                    OR (:kind = 'code' AND p.instrument_kind <> 'tap'))
                ORDER BY p.occurred_at DESC, p.payment_id DESC
                LIMIT :most
                """
                    .formatted(BILL, ownerColumn))
            .bind("owner", owner)
            .bind("after", after.at().toString())
            .bind("after_id", after.id())
            .bind("from", filter.from().toString())
            .bind("to", filter.to().toString())
            .bind("state", filter.state())
            .bind("kind", filter.kind())
            .bind("most", request.limit() + 1)
            .map(PostgresBills::bill)
            .list();
    return Page.of(
        request, rows, bill -> new TimeCursor(bill.occurredAt(), bill.paymentId()).text());
  }

  /// Everything about one payment of a payer.
  public Optional<Bill.Detail> find(Handle handle, String payerId, String paymentId) {
    return handle
        .createQuery(BILL + " WHERE p.payer_id = :payer AND p.payment_id = :payment")
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .map(PostgresBills::bill)
        .findOne()
        .map(bill -> detail(handle, payerId, bill));
  }

  private Bill.Detail detail(Handle handle, String payerId, Bill bill) {
    PaymentParts parts = new PaymentParts(handle, payerId, bill.paymentId(), json, MOST_PARTS);
    Optional<LocalDate> day = parts.settlementDay();
    return new Bill.Detail(
        bill,
        day.orElse(null),
        parts.history(),
        parts.refunds(),
        parts.halvesReasons(),
        parts.evidence());
  }

  private static Bill bill(ResultSet row, StatementContext context) throws SQLException {
    String currency = row.getString("currency");
    return new Bill(
        row.getString("payment_id"),
        row.getString("instrument_kind"),
        row.getString("merchant_id"),
        row.getString("terminal_id"),
        row.getString("order_id"),
        row.getString("device_id"),
        new Amount(row.getLong("amount_minor"), currency),
        new Amount(row.getLong("refunded_minor"), currency),
        row.getString("state"),
        row.getString("decline_reason"),
        PaymentRows.required(row, "occurred_at"),
        PaymentRows.instant(row, "cleared_at"),
        PaymentRows.instant(row, "settled_at"),
        row.getString("halves_state"),
        row.getString("trace_id"));
  }
}
