package io.tallystick.clearing.settlement.postgres;

import io.tallystick.clearing.payment.postgres.PaymentRows;
import io.tallystick.clearing.settlement.Batch;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Batches: opened, filled, closed.
@Singleton
public class PostgresBatches {
  private static final String COLUMNS =
      """
      merchant_id, day, currency, batch_id, gross_minor, returned_minor, carried_minor, net_minor,
      payment_count, closed_at\
      """;

  /// Opens the batch unless there is one, and locks it.
  public Batch openAndLock(Handle handle, Batch.Key key, String batchId, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO settlement_batch (merchant_id, day, currency, batch_id, opened_at)
            VALUES (:merchant, :day, :currency, :batch, :now::timestamptz)
            ON CONFLICT (merchant_id, day, currency) DO NOTHING
            """)
        .bind("merchant", key.merchantId())
        .bind("day", key.day())
        .bind("currency", key.currency())
        .bind("batch", batchId)
        .bind("now", now.toString())
        .execute();
    return handle
        .createQuery(
            """
            SELECT %s FROM settlement_batch
            WHERE merchant_id = :merchant AND day = :day AND currency = :currency
            FOR NO KEY UPDATE
            """
                .formatted(COLUMNS))
        .bind("merchant", key.merchantId())
        .bind("day", key.day())
        .bind("currency", key.currency())
        .map(PostgresBatches::batch)
        .one();
  }

  /// Puts more payments into an open, locked batch.
  ///
  /// @param before money that moved before this goes into it
  /// @return how many were put
  public int fill(Handle handle, Batch batch, Instant before, int most) {
    return handle
        .createQuery(
            """
            WITH taken AS (
              UPDATE merchant_credit c
              SET batch_id = :batch
              WHERE (c.payer_id, c.payment_id) IN (
                SELECT w.payer_id, w.payment_id FROM merchant_credit w
                WHERE w.merchant_id = :merchant AND w.currency = :currency
                  AND w.cleared_at < :before::timestamptz AND w.sweep_posting_id IS NOT NULL
                  AND w.batch_id IS NULL AND w.reversed_at IS NULL
                ORDER BY w.cleared_at, w.payment_id
                LIMIT :most
                FOR NO KEY UPDATE)
              RETURNING c.amount_minor),
            filled AS (
              SELECT count(*) AS payments, coalesce(sum(amount_minor), 0) AS gross FROM taken)
            UPDATE settlement_batch b
            SET gross_minor = b.gross_minor + filled.gross::bigint,
                payment_count = b.payment_count + filled.payments::integer
            FROM filled
            WHERE b.batch_id = :batch AND b.merchant_id = :merchant
            RETURNING filled.payments
            """)
        .bind("batch", batch.batchId())
        .bind("merchant", batch.key().merchantId())
        .bind("currency", batch.key().currency())
        .bind("before", before.toString())
        .bind("most", most)
        .mapTo(Integer.class)
        .one();
  }

  /// Puts every refund of a swept payment that no batch has into this one.
  ///
  /// @return their sum
  public long takeRefunds(Handle handle, Batch batch) {
    return handle
        .createQuery(
            """
            WITH taken AS (
              UPDATE refund r
              SET batch_id = :batch
              FROM merchant_credit c
              WHERE r.merchant_id = :merchant AND r.currency = :currency AND r.batch_id IS NULL
                AND c.payer_id = r.payer_id AND c.payment_id = r.payment_id
                AND c.sweep_posting_id IS NOT NULL
              RETURNING r.amount_minor)
            SELECT coalesce(sum(amount_minor), 0)::bigint FROM taken
            """)
        .bind("batch", batch.batchId())
        .bind("merchant", batch.key().merchantId())
        .bind("currency", batch.key().currency())
        .mapTo(Long.class)
        .one();
  }

  /// The batch of a merchant that was closed last.
  ///
  /// @param closing counts them from 1; 0 before there is one
  /// @param carriedMinor what it left to deduct
  public record LastClosed(long closing, long carriedMinor) {}

  /// What the next batch follows, under the lock of the merchant's account.
  public LastClosed lastClosed(Handle handle, Batch batch) {
    return handle
        .createQuery(
            """
            SELECT closing, carried_minor FROM settlement_batch
            WHERE merchant_id = :merchant AND currency = :currency AND closing IS NOT NULL
            ORDER BY closing DESC
            LIMIT 1
            """)
        .bind("merchant", batch.key().merchantId())
        .bind("currency", batch.key().currency())
        .map((row, _) -> new LastClosed(row.getLong("closing"), row.getLong("carried_minor")))
        .findOne()
        .orElse(new LastClosed(0, 0));
  }

  /// Closes a locked batch with its final figures.
  ///
  /// @param last whose carry the figures take up; another batch that takes it up violates `UNIQUE`
  public void close(Handle handle, Batch closed, LastClosed last, @Nullable UUID postingId) {
    handle
        .createUpdate(
            """
            UPDATE settlement_batch
            SET returned_minor = :returned, carried_minor = :carried, net_minor = :net,
                closed_at = :closed::timestamptz, closing = :closing, posting_id = :posting
            WHERE merchant_id = :merchant AND day = :day AND currency = :currency
            """)
        .bind("returned", closed.returnedMinor())
        .bind("carried", closed.carriedMinor())
        .bind("net", closed.netMinor())
        .bind("closed", String.valueOf(closed.closedAt()))
        .bind("closing", last.closing() + 1)
        .bind("posting", postingId)
        .bind("merchant", closed.key().merchantId())
        .bind("day", closed.key().day())
        .bind("currency", closed.key().currency())
        .execute();
  }

  /// Who has something to settle, in pages.
  ///
  /// @param merchantId only this merchant, when given
  /// @param after the last of the page before; null for the first page
  public List<Batch.Key> toSettle(
      Handle handle,
      LocalDate day,
      Instant before,
      Optional<String> merchantId,
      Batch.@Nullable Key after,
      int most) {
    return handle
        .createQuery(
            """
            SELECT merchant_id, currency FROM merchant_credit
            WHERE sweep_posting_id IS NOT NULL AND batch_id IS NULL AND reversed_at IS NULL
              AND cleared_at < :before::timestamptz
              AND (merchant_id, currency) > (:after_merchant, :after_currency)
              AND (:merchant = '' OR merchant_id = :merchant)
            GROUP BY merchant_id, currency
            ORDER BY merchant_id, currency
            LIMIT :most
            """)
        .bind("before", before.toString())
        .bind("after_merchant", after == null ? "" : after.merchantId())
        .bind("after_currency", after == null ? "" : after.currency())
        .bind("merchant", merchantId.orElse(""))
        .bind("most", most)
        .map(
            (row, _) -> new Batch.Key(row.getString("merchant_id"), day, row.getString("currency")))
        .list();
  }

  /// Batches that were begun and not finished: still open, or closed with payments not yet told. In
  /// pages.
  ///
  /// @param merchantId only this merchant's, when given
  /// @param after the last of the page before; null for the first page
  public List<Batch> unfinished(
      Handle handle, Optional<String> merchantId, Batch.@Nullable Key after, int most) {
    return handle
        .createQuery(
            """
            SELECT %s FROM settlement_batch b
            WHERE (:merchant = '' OR b.merchant_id = :merchant)
              AND (b.closed_at IS NULL OR b.batch_id IN (
                SELECT c.batch_id FROM merchant_credit c
                WHERE c.batch_id IS NOT NULL AND c.settled_at IS NULL))
              AND (b.day, b.merchant_id, b.currency)
                > (:after_day, :after_merchant, :after_currency)
            ORDER BY b.day, b.merchant_id, b.currency
            LIMIT :most
            """
                .formatted(COLUMNS))
        .bind("merchant", merchantId.orElse(""))
        .bind("after_day", after == null ? LocalDate.EPOCH : after.day())
        .bind("after_merchant", after == null ? "" : after.merchantId())
        .bind("after_currency", after == null ? "" : after.currency())
        .bind("most", most)
        .map(PostgresBatches::batch)
        .list();
  }

  /// Closed batches of a day, by merchant.
  public List<Batch> closed(Handle handle, LocalDate day, Optional<String> merchantId, int most) {
    return handle
        .createQuery(
            """
            SELECT %s FROM settlement_batch
            WHERE day = :day AND closed_at IS NOT NULL AND (:merchant = '' OR merchant_id = :merchant)
            ORDER BY merchant_id, currency
            LIMIT :most
            """
                .formatted(COLUMNS))
        .bind("day", day)
        .bind("merchant", merchantId.orElse(""))
        .bind("most", most)
        .map(PostgresBatches::batch)
        .list();
  }

  static Batch batch(ResultSet row, StatementContext context) throws SQLException {
    return new Batch(
        row.getString("batch_id"),
        new Batch.Key(
            row.getString("merchant_id"),
            row.getObject("day", LocalDate.class),
            row.getString("currency")),
        row.getLong("gross_minor"),
        row.getLong("returned_minor"),
        row.getLong("carried_minor"),
        row.getLong("net_minor"),
        row.getInt("payment_count"),
        PaymentRows.instant(row, "closed_at"));
  }
}
