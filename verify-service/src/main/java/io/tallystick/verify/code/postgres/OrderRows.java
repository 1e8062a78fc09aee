package io.tallystick.verify.code.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.code.CodeMatch;
import io.tallystick.verify.code.CodeMatch.Payable;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderRequest;
import io.tallystick.verify.code.OrderState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads rows of `code_order`.
final class OrderRows {
  private OrderRows() {}

  static CodeOrder map(ResultSet row, StatementContext context) throws SQLException {
    return new CodeOrder(
        OrderKey.of(row.getString("merchant_id"), row.getString("order_id")),
        row.getString("payment_id"),
        TerminalId.of(row.getString("terminal_id")),
        request(row),
        payable(row),
        row.getBoolean("must_step_up"),
        state(row),
        new CodeOrder.Claim(row.getInt("attempt"), instant(row, "claimed_until")),
        row.getInt("revision"),
        instant(row, "received_at"));
  }

  private static @Nullable OrderRequest request(ResultSet row) throws SQLException {
    byte[] digest = row.getBytes("code_digest");
    if (digest == null) {
      return null;
    }
    return new OrderRequest(
        Digest.of(digest), Money.of(row.getLong("amount_minor"), row.getString("currency")));
  }

  private static @Nullable Payable payable(ResultSet row) throws SQLException {
    String payer = row.getString("payer_id");
    if (payer == null) {
      return null;
    }
    return new Payable(
        payer,
        row.getString("device_id"),
        CodeMatch.Kind.valueOf(row.getString("instrument_kind")),
        row.getString("instrument_id"),
        instant(row, "device_enrolled_at"));
  }

  private static OrderState state(ResultSet row) throws SQLException {
    String state = row.getString("state");
    Instant changedAt = instant(row, "changed_at");
    return switch (state) {
      case "authorising" -> new OrderState.Authorising();
      case "paid" -> new OrderState.Paid(instant(row, "paid_at"));
      case "declined" ->
          new OrderState.Declined(DeclineCause.ofLabel(row.getString("decline_cause")), changedAt);
      case "awaiting-payer" -> new OrderState.AwaitingPayer(changedAt);
      case "closed" -> new OrderState.Closed(changedAt);
      case "reversed" -> new OrderState.Reversed(changedAt);
      case "refunded" ->
          new OrderState.Refunded(
              instant(row, "paid_at"), row.getLong("refunded_minor"), changedAt);
      default -> throw new AssertionError("the table allows no state " + state);
    };
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return requireNonNull(row.getObject(column, OffsetDateTime.class), column).toInstant();
  }
}
