package io.tallystick.clearing.payment.postgres;

import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.payment.Credit;
import io.tallystick.clearing.payment.Instrument;
import io.tallystick.clearing.payment.InstrumentKind;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.protocol.model.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads payments and credits from rows.
public final class PaymentRows {
  /// Columns of table `payment p` that [#payment] reads.
  public static final String PAYMENT =
      """
      p.payer_id, p.payment_id, p.instrument_kind, p.instrument_id, p.device_id, p.merchant_id,
      p.terminal_id, p.order_id, p.amount_minor, p.currency, p.state, p.decline_reason,
      p.refunded_minor, p.revision, p.occurred_at, p.cleared_at, p.changed_at\
      """;

  static final String CREDIT =
      """
      c.payer_id, c.payment_id, c.merchant_id, c.bucket, c.amount_minor, c.currency, c.tap,
      c.cleared_at, c.returned_minor, c.reversed_at, c.sweep_posting_id, c.batch_id\
      """;

  private PaymentRows() {}

  public static Payment payment(ResultSet row, StatementContext context) throws SQLException {
    return new Payment(
        terms(row),
        row.getString("state"),
        row.getString("decline_reason"),
        row.getLong("refunded_minor"),
        row.getInt("revision"),
        required(row, "occurred_at"),
        instant(row, "cleared_at"),
        required(row, "changed_at"));
  }

  private static PaymentTerms terms(ResultSet row) throws SQLException {
    return new PaymentTerms(
        row.getString("payer_id"),
        row.getString("payment_id"),
        new Instrument(
            InstrumentKind.parse(row.getString("instrument_kind")), row.getString("instrument_id")),
        row.getString("device_id"),
        row.getString("merchant_id"),
        row.getString("terminal_id"),
        row.getString("order_id"),
        Money.of(row.getLong("amount_minor"), row.getString("currency")));
  }

  static Credit credit(ResultSet row, StatementContext context) throws SQLException {
    return new Credit(
        row.getString("payer_id"),
        row.getString("payment_id"),
        row.getString("merchant_id"),
        new Bucket(row.getInt("bucket")),
        Money.of(row.getLong("amount_minor"), row.getString("currency")),
        row.getBoolean("tap"),
        required(row, "cleared_at"),
        row.getLong("returned_minor"),
        instant(row, "reversed_at"),
        row.getObject("sweep_posting_id", UUID.class),
        row.getString("batch_id"));
  }

  /// A time that may be absent.
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /// A time that is always there.
  public static Instant required(ResultSet row, String column) throws SQLException {
    Instant value = instant(row, column);
    if (value == null) {
      throw new AssertionError("column is null: " + column);
    }
    return value;
  }
}
