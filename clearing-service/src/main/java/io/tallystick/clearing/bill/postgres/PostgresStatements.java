package io.tallystick.clearing.bill.postgres;

import io.tallystick.clearing.bill.Bill.Amount;
import io.tallystick.clearing.bill.Statement;
import io.tallystick.clearing.payment.postgres.PaymentRows;
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

/// Reads merchants' statements.
@Singleton
public class PostgresStatements {
  private static final String LATEST_DAY = "9999-12-31";

  /// A page of a merchant's statements, newest day first.
  ///
  /// @param day only those of this day, when given
  public Page<Statement> list(
      Handle handle, String merchantId, Optional<LocalDate> day, PageRequest request) {
    String[] after = request.after().orElse(LATEST_DAY + " ~").split(" ", 2);
    List<Statement> rows =
        handle
            .createQuery(
                """
                SELECT batch_id, day, currency, gross_minor, returned_minor, carried_minor, net_minor,
                  payment_count, closed_at
                FROM settlement_batch
                WHERE merchant_id = :merchant AND closed_at IS NOT NULL
                  AND (:day = '' OR day::text = :day)
                  AND (day::text, currency) < (:after_day, :after_currency)
                ORDER BY day DESC, currency DESC
                LIMIT :most
                """)
            .bind("merchant", merchantId)
            .bind("day", day.map(LocalDate::toString).orElse(""))
            .bind("after_day", after[0])
            .bind("after_currency", after.length == 2 ? after[1] : "")
            .bind("most", request.limit() + 1)
            .map(PostgresStatements::statement)
            .list();
    return Page.of(request, rows, s -> s.day() + " " + s.net().currency());
  }

  /// A page of the payments and refunds in a day's statements, oldest first.
  public Page<Statement.Line> lines(
      Handle handle, String merchantId, LocalDate day, PageRequest request) {
    TimeCursor after = TimeCursor.of(request, TimeCursor.EARLIEST);
    List<Statement.Line> rows =
        handle
            .createQuery(
                """
                WITH batch AS (
                  SELECT batch_id FROM settlement_batch
                  WHERE merchant_id = :merchant AND day = :day AND closed_at IS NOT NULL),
                line AS (
                  SELECT 'payment' AS kind, c.payer_id, c.payment_id, NULL AS refund_id,
                    c.amount_minor, c.currency, c.cleared_at AS at, c.payment_id AS line_id
                  FROM merchant_credit c JOIN batch USING (batch_id)
                  UNION ALL
                  SELECT 'refund', r.payer_id, r.payment_id, r.refund_id, r.amount_minor, r.currency,
                    r.refunded_at, r.payment_id || '/' || r.refund_id
                  FROM refund r JOIN batch USING (batch_id))
                SELECT l.kind, l.payment_id, l.refund_id, p.order_id, p.terminal_id, l.amount_minor,
                  l.currency, l.at, p.occurred_at
                FROM line l JOIN payment p USING (payer_id, payment_id)
                WHERE (l.at, l.line_id) > (:after::timestamptz, :after_id)
                ORDER BY l.at, l.line_id
                LIMIT :most
                """)
            .bind("merchant", merchantId)
            .bind("day", day)
            .bind("after", after.at().toString())
            .bind("after_id", after.id())
            .bind("most", request.limit() + 1)
            .map(PostgresStatements::line)
            .list();
    return Page.of(request, rows, PostgresStatements::place);
  }

  private static String place(Statement.Line line) {
    String id =
        line.refundId() == null ? line.paymentId() : line.paymentId() + "/" + line.refundId();
    return new TimeCursor(line.at(), id).text();
  }

  private static Statement statement(ResultSet row, StatementContext context) throws SQLException {
    String currency = row.getString("currency");
    return new Statement(
        row.getString("batch_id"),
        row.getObject("day", LocalDate.class),
        new Amount(row.getLong("gross_minor"), currency),
        new Amount(row.getLong("returned_minor"), currency),
        new Amount(row.getLong("net_minor"), currency),
        new Amount(row.getLong("carried_minor"), currency),
        row.getInt("payment_count"),
        PaymentRows.required(row, "closed_at"));
  }

  private static Statement.Line line(ResultSet row, StatementContext context) throws SQLException {
    return new Statement.Line(
        row.getString("kind"),
        row.getString("payment_id"),
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getString("terminal_id"),
        new Amount(row.getLong("amount_minor"), row.getString("currency")),
        PaymentRows.required(row, "at"),
        PaymentRows.required(row, "occurred_at"));
  }
}
