package io.tallystick.clearing.settlement.postgres;

import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.Work;
import io.tallystick.clearing.payment.postgres.PostgresPayments;
import io.tallystick.clearing.settlement.Batch;
import io.tallystick.protocol.state.OfflinePaymentState.Cleared;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Tells the payments of a closed batch that they are settled. A tap gets another state; a code
/// payment keeps its own, and only its bill shows the time.
@Singleton
public class PostgresSettled {
  private final PostgresPayments payments;

  PostgresSettled(PostgresPayments payments) {
    this.payments = payments;
  }

  private record Untold(String payerId, String paymentId, boolean tap) {}

  /// Tells some.
  ///
  /// @return whether there may be more
  public boolean tellSome(Handle handle, Batch batch, int most) {
    Instant closedAt = batch.closedAt();
    if (closedAt == null) {
      throw new IllegalArgumentException("batch is open: " + batch.batchId());
    }
    List<Untold> untold = untold(handle, batch, most);
    List<Untold> taps = untold.stream().filter(Untold::tap).toList();
    if (!taps.isEmpty()) {
      settle(handle, batch, taps);
    }
    markTold(handle, untold, closedAt);
    return untold.size() == most;
  }

  private void settle(Handle handle, Batch batch, List<Untold> taps) {
    Work work = payments.begin(handle, List.of());
    payments.load(
        handle,
        work,
        taps.stream().map(Untold::payerId).distinct().toList(),
        taps.stream().map(Untold::paymentId).toList());
    Reason reason = Reason.of("settled", "settled in batch " + batch.batchId());
    for (Untold tap : taps) {
      Payment payment = work.get(tap.paymentId());
      if (payment.tapState() instanceof Cleared cleared) {
        work.move(payment.next(cleared.settle(), work.now()), List.of(reason));
      }
    }
    payments.write(handle, work);
  }

  private static List<Untold> untold(Handle handle, Batch batch, int most) {
    return handle
        .createQuery(
            """
            SELECT payer_id, payment_id, tap FROM merchant_credit
            WHERE batch_id = :batch AND settled_at IS NULL
            LIMIT :most
            """)
        .bind("batch", batch.batchId())
        .bind("most", most)
        .map((row, _) ->
            new Untold(
                row.getString("payer_id"), row.getString("payment_id"), row.getBoolean("tap")))
        .list();
  }

  private static void markTold(Handle handle, List<Untold> told, Instant closedAt) {
    if (told.isEmpty()) {
      return;
    }
    Columns.of(told)
        .text("payer", Untold::payerId)
        .text("payment", Untold::paymentId)
        .bind(
            handle.createUpdate(
                """
                UPDATE merchant_credit c
                SET settled_at = :closed::timestamptz
                WHERE c.settled_at IS NULL AND (c.payer_id, c.payment_id) IN (
                  SELECT k.payer_id, k.payment_id FROM merchant_credit k
                  JOIN unnest(:payer, :payment) AS x(payer_id, payment_id)
                    USING (payer_id, payment_id)
                  ORDER BY k.payer_id, k.payment_id
                  FOR NO KEY UPDATE OF k)
                """))
        .bind("closed", closedAt.toString())
        .execute();
  }
}
