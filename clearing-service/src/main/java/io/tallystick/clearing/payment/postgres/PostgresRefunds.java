package io.tallystick.clearing.payment.postgres;

import io.tallystick.clearing.payment.Refund;
import io.tallystick.protocol.model.Money;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Refunds that were given.
@Singleton
public class PostgresRefunds {
  /// The refund of the same payment with the same id.
  public Optional<Refund> find(Handle handle, Refund refund) {
    return handle
        .createQuery(
            """
            SELECT merchant_id, amount_minor, currency FROM refund
            WHERE payer_id = :payer AND payment_id = :payment AND refund_id = :refund
            """)
        .bind("payer", refund.payerId())
        .bind("payment", refund.paymentId())
        .bind("refund", refund.refundId())
        .map((row, _) ->
            new Refund(
                refund.payerId(),
                refund.paymentId(),
                refund.refundId(),
                row.getString("merchant_id"),
                Money.of(row.getLong("amount_minor"), row.getString("currency"))))
        .findOne();
  }
}
