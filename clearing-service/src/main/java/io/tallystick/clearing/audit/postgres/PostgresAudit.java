package io.tallystick.clearing.audit.postgres;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.clearing.payment.postgres.PaymentRows;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.TimeCursor;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What auditors look up.
@Singleton
public class PostgresAudit {
  /// Most entries that are shown of one payment: far more than its refunds can make in practice.
  private static final int MOST_LINES = 2000;

  /// One entry of a posting.
  @RegisterForReflection
  public record PostingLine(
      String postingId,
      String kind,
      String reference,
      Instant postedAt,
      int line,
      String accountId,
      long amountMinor,
      String currency) {}

  /// A tap whose other half has not come.
  ///
  /// @param halves `wallet-only` or `terminal-only`
  @RegisterForReflection
  public record AloneTap(
      String paymentId,
      String payerId,
      String merchantId,
      String halves,
      Instant tappedAt,
      Instant firstHalfAt) {}

  /// The entries of every posting of a payment.
  public List<PostingLine> postings(Handle handle, String paymentId) {
    return handle
        .createQuery(
            """
            SELECT o.posting_id, o.kind, o.reference, o.posted_at, e.line, e.account_id,
              e.amount_minor, e.currency
            FROM posting o JOIN entry e USING (owner_id, posting_id)
            WHERE o.payment_id = :payment
            ORDER BY o.posted_at, o.posting_id, e.line
            LIMIT :most
            """)
        .bind("payment", paymentId)
        .bind("most", MOST_LINES)
        .map((row, _) ->
            new PostingLine(
                row.getString("posting_id"),
                row.getString("kind"),
                row.getString("reference"),
                PaymentRows.required(row, "posted_at"),
                row.getInt("line"),
                row.getString("account_id"),
                row.getLong("amount_minor"),
                row.getString("currency")))
        .list();
  }

  /// Taps with one half since before `overdue`, by the time of that half.
  public Page<AloneTap> alone(Handle handle, Instant overdue, PageRequest request) {
    TimeCursor after = TimeCursor.of(request, TimeCursor.EARLIEST);
    List<AloneTap> rows =
        handle
            .createQuery(
                """
                SELECT payment_id, payer_id, merchant_id, halves_state, tapped_at, first_half_at
                FROM tap
                WHERE halves_state IN ('wallet-only', 'terminal-only')
                  AND first_half_at < :overdue::timestamptz
                  AND (first_half_at, payment_id) > (:after::timestamptz, :after_id)
                ORDER BY first_half_at, payment_id
                LIMIT :most
                """)
            .bind("overdue", overdue.toString())
            .bind("after", after.at().toString())
            .bind("after_id", after.id())
            .bind("most", request.limit() + 1)
            .map((row, _) ->
                new AloneTap(
                    row.getString("payment_id"),
                    row.getString("payer_id"),
                    row.getString("merchant_id"),
                    row.getString("halves_state"),
                    PaymentRows.required(row, "tapped_at"),
                    PaymentRows.required(row, "first_half_at")))
            .list();
    return Page.of(request, rows, tap -> new TimeCursor(tap.firstHalfAt(), tap.paymentId()).text());
  }
}
