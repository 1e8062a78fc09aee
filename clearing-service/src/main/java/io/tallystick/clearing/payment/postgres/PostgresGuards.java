package io.tallystick.clearing.payment.postgres;

import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.kit.database.Pipeline;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Claims what may be used once: payment ids, orders, instruments; and remembers reversals that
/// came before their payment.
///
/// Each claim inserts in key order and waits for another transaction's uncommitted claim of the
/// same key, so that afterwards it is known who has it.
@Singleton
public class PostgresGuards {
  /// Claims payment ids.
  ///
  /// @param terms one of each payment id
  /// @param claimed is told the ids that nobody had before
  public void claimPayments(
      Pipeline pipeline, Collection<PaymentTerms> terms, Consumer<List<String>> claimed) {
    pipeline.query(
        Columns.of(terms)
            .text("payment", PaymentTerms::paymentId)
            .text("payer", PaymentTerms::payerId)
            .bind(
                pipeline
                    .handle()
                    .createQuery(
                        """
                        INSERT INTO payment_guard (payment_id, payer_id)
                        SELECT * FROM unnest(:payment, :payer) AS x(payment_id, payer_id)
                        ORDER BY x.payment_id
                        ON CONFLICT (payment_id) DO NOTHING
                        RETURNING payment_id
                        """)),
        (row, _) -> row.getString(1),
        claimed);
  }

  /// Claims one payment id.
  ///
  /// @return whether nobody had it before
  public boolean claimPayment(Handle handle, String payerId, String paymentId) {
    return handle
            .createUpdate(
                """
                INSERT INTO payment_guard (payment_id, payer_id) VALUES (:payment, :payer)
                ON CONFLICT (payment_id) DO NOTHING
                """)
            .bind("payment", paymentId)
            .bind("payer", payerId)
            .execute()
        == 1;
  }

  /// Gives back payment ids claimed in this transaction.
  public void unclaimPayments(Handle handle, Collection<String> paymentIds) {
    handle
        .createUpdate("DELETE FROM payment_guard WHERE payment_id = ANY(:payments)")
        .bindArray("payments", String.class, List.copyOf(paymentIds))
        .execute();
  }

  /// Whose payments these are, by payment id.
  public Map<String, String> payersOf(Handle handle, Collection<String> paymentIds) {
    return handle
        .createQuery(
            "SELECT payment_id, payer_id FROM payment_guard WHERE payment_id = ANY(:payments)")
        .bindArray("payments", String.class, List.copyOf(paymentIds))
        .reduceRows(
            new HashMap<>(),
            (all, row) -> {
              all.put(
                  row.getColumn("payment_id", String.class),
                  row.getColumn("payer_id", String.class));
              return all;
            });
  }

  /// Claims the orders of these payments; those without an order are left out.
  ///
  /// @param claimed is told the payments that have their order now
  public void claimOrders(
      Pipeline pipeline, Collection<PaymentTerms> ordered, Consumer<List<String>> claimed) {
    pipeline.query(
        Columns.of(ordered)
            .text("merchant", PaymentTerms::merchantId)
            .text("order", PaymentTerms::orderId)
            .text("payer", PaymentTerms::payerId)
            .text("payment", PaymentTerms::paymentId)
            .bind(
                pipeline
                    .handle()
                    .createQuery(
                        """
                        INSERT INTO order_guard (merchant_id, order_id, payer_id, payment_id)
                        SELECT * FROM unnest(:merchant, :order, :payer, :payment)
                          AS x(merchant_id, order_id, payer_id, payment_id)
                        ORDER BY x.merchant_id, x.order_id, x.payment_id
                        ON CONFLICT (merchant_id, order_id) DO NOTHING
                        RETURNING payment_id
                        """)),
        (row, _) -> row.getString(1),
        claimed);
  }

  /// Which other payment has the order, by the payment that wanted it.
  public Map<String, String> otherHolders(Handle handle, Collection<PaymentTerms> ordered) {
    return ordered.isEmpty() ? Map.of() : orderHolders(handle, List.copyOf(ordered));
  }

  private static Map<String, String> orderHolders(Handle handle, List<PaymentTerms> terms) {
    return Columns.of(terms)
        .text("merchant", PaymentTerms::merchantId)
        .text("order", PaymentTerms::orderId)
        .text("payment", PaymentTerms::paymentId)
        .bind(
            handle.createQuery(
                """
                SELECT x.payment_id, g.payment_id AS holder
                FROM unnest(:merchant, :order, :payment) AS x(merchant_id, order_id, payment_id)
                JOIN order_guard g USING (merchant_id, order_id)
                WHERE g.payment_id <> x.payment_id
                """))
        .reduceRows(
            new HashMap<>(),
            (all, row) -> {
              all.put(
                  row.getColumn("payment_id", String.class), row.getColumn("holder", String.class));
              return all;
            });
  }

  /// Claims the instruments of these payments, the first in the list before the later ones. One
  /// whose order another payment has claims nothing: it leaves no trace.
  ///
  /// @param claimed is told the payments that have their instrument now
  public void claimInstruments(
      Pipeline pipeline, List<PaymentTerms> terms, Consumer<List<String>> claimed) {
    Map<String, Integer> places = new HashMap<>();
    terms.forEach(t -> places.put(t.paymentId(), places.size()));
    pipeline.query(
        Columns.of(terms)
            .int4("place", t -> places.get(t.paymentId()))
            .text("instrument", t -> t.instrument().id())
            .text("payer", PaymentTerms::payerId)
            .text("payment", PaymentTerms::paymentId)
            .text("merchant", PaymentTerms::merchantId)
            .text("order", PaymentTerms::orderId)
            .bind(
                pipeline
                    .handle()
                    .createQuery(
                        """
                        INSERT INTO instrument_guard (instrument_id, payer_id, payment_id)
                        SELECT DISTINCT ON (x.instrument_id)
                          x.instrument_id, x.payer_id, x.payment_id
                        FROM unnest(:place, :instrument, :payer, :payment, :merchant, :order)
                          AS x(place, instrument_id, payer_id, payment_id, merchant_id, order_id)
                        WHERE x.order_id IS NULL OR x.payment_id = (
                          SELECT g.payment_id FROM order_guard g
                          WHERE g.merchant_id = x.merchant_id AND g.order_id = x.order_id)
                        ORDER BY x.instrument_id, x.place
                        ON CONFLICT (instrument_id) DO NOTHING
                        RETURNING payment_id
                        """)),
        (row, _) -> row.getString(1),
        claimed);
  }

  /// Leaves a mark that makes a later Pay decline.
  public void markReversed(
      Handle handle, String payerId, String paymentId, String merchantId, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO reversal_mark (payer_id, payment_id, merchant_id, marked_at)
            VALUES (:payer, :payment, :merchant, :now::timestamptz)
            """)
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .bind("merchant", merchantId)
        .bind("now", now.toString())
        .execute();
  }

  /// A reversal that came before its payment.
  public record ReversalMark(String paymentId, String merchantId, Instant markedAt) {}

  /// The marks among these payments, by payment id.
  public Map<String, ReversalMark> reversalMarks(
      Handle handle, Collection<String> payerIds, Collection<String> paymentIds) {
    return handle
        .createQuery(
            """
            SELECT payment_id, merchant_id, marked_at FROM reversal_mark
            WHERE payer_id = ANY(:payers) AND payment_id = ANY(:payments)
            """)
        .bindArray("payers", String.class, List.copyOf(payerIds))
        .bindArray("payments", String.class, List.copyOf(paymentIds))
        .reduceRows(
            new HashMap<>(),
            (all, row) -> {
              String paymentId = row.getColumn("payment_id", String.class);
              all.put(
                  paymentId,
                  new ReversalMark(
                      paymentId,
                      row.getColumn("merchant_id", String.class),
                      row.getColumn("marked_at", Instant.class)));
              return all;
            });
  }

  public Optional<ReversalMark> reversalMark(Handle handle, String payerId, String paymentId) {
    return Optional.ofNullable(
        reversalMarks(handle, List.of(payerId), List.of(paymentId)).get(paymentId));
  }
}
