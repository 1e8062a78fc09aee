package io.tallystick.verify.code.postgres;

import io.tallystick.protocol.model.Money;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.RefundId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Statements on `code_refund`, inside the caller's transaction.
public final class PostgresRefunds {
  private static final String ASK =
      """
      INSERT INTO code_refund (merchant_id, order_id, refund_id, amount_minor, currency, asked_at)
      VALUES (:merchant, :order, :refund, :amount, :currency, :at)
      ON CONFLICT (merchant_id, order_id, refund_id) DO NOTHING
      """;

  private static final String FIRST =
      """
      SELECT amount_minor, currency FROM code_refund
       WHERE merchant_id = :merchant AND order_id = :order AND refund_id = :refund
      """;

  private PostgresRefunds() {}

  /// Notes what is asked; returns what was asked with this id first.
  public static Money ask(
      Handle handle, OrderKey key, RefundId refundId, Money amount, Instant at) {
    handle
        .createUpdate(ASK)
        .bind("merchant", key.merchant().value())
        .bind("order", key.order().value())
        .bind("refund", refundId.value())
        .bind("amount", amount.amountMinor())
        .bind("currency", amount.currency())
        .bind("at", at)
        .execute();
    return handle
        .createQuery(FIRST)
        .bind("merchant", key.merchant().value())
        .bind("order", key.order().value())
        .bind("refund", refundId.value())
        .map((row, _) -> Money.of(row.getLong("amount_minor"), row.getString("currency")))
        .one();
  }
}
