package io.tallystick.clearing.review.postgres;

import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.postgres.PaymentRows;
import io.tallystick.clearing.payment.postgres.ReasonJson;
import io.tallystick.clearing.review.Decision;
import io.tallystick.clearing.review.Review;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.TimeCursor;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Reviews, one of each officer about each payment.
@Singleton
public class PostgresReviews {
  private final ReasonJson reasons;

  PostgresReviews(ReasonJson reasons) {
    this.reasons = reasons;
  }

  /// Adds an officer's review; a second one of the same officer violates the primary key.
  public void add(Handle handle, Payment payment, Review review) {
    handle
        .createUpdate(
            """
            INSERT INTO review (payer_id, payment_id, officer, decision, explanation, decided_at)
            VALUES (:payer, :payment, :officer, :decision, :explanation, :decided)
            """)
        .bind("payer", payment.payerId())
        .bind("payment", payment.paymentId())
        .bind("officer", review.officer())
        .bind("decision", review.decision().text())
        .bind("explanation", review.explanation())
        .bind("decided", review.decidedAt())
        .execute();
  }

  /// The reviews of payments by payment id, each list in the order in which they were made.
  public Map<String, List<Review>> of(Handle handle, Collection<Payment> payments) {
    Map<String, List<Review>> reviews = new HashMap<>();
    ofPayments(
            handle.createQuery(
                """
                SELECT payment_id, officer, decision, explanation, decided_at FROM review
                WHERE payer_id = ANY(:payers) AND payment_id = ANY(:payments)
                ORDER BY decided_at, officer
                """),
            payments)
        .map((row, _) -> Map.entry(row.getString("payment_id"), review(row)))
        .forEach(row ->
            reviews.computeIfAbsent(row.getKey(), _ -> new ArrayList<>()).add(row.getValue()));
    return reviews;
  }

  private static Review review(ResultSet row) throws SQLException {
    String decision = row.getString("decision");
    return new Review(
        row.getString("officer"),
        Decision.parse(decision)
            .orElseThrow(() -> new IllegalStateException("stored decision is none: " + decision)),
        row.getString("explanation"),
        PaymentRows.required(row, "decided_at"));
  }

  /// Why payments came to the state they are in, by payment id.
  public Map<String, List<Reason>> reasons(Handle handle, Collection<Payment> payments) {
    Map<String, List<Reason>> found = new HashMap<>();
    ofPayments(
            handle.createQuery(
                """
                SELECT c.payment_id, c.reasons::text AS reasons
                FROM payment p JOIN payment_change c USING (payer_id, payment_id, revision)
                WHERE p.payer_id = ANY(:payers) AND p.payment_id = ANY(:payments)
                """),
            payments)
        .map((row, _) ->
            Map.entry(row.getString("payment_id"), reasons.read(row.getString("reasons"))))
        .forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }

  private static Query ofPayments(Query query, Collection<Payment> payments) {
    return query
        .bindArray("payers", String.class, payments.stream().map(Payment::payerId).toList())
        .bindArray("payments", String.class, payments.stream().map(Payment::paymentId).toList());
  }

  /// Payments that wait for their payer, the longest wait first.
  public Page<Payment> waiting(Handle handle, PageRequest request) {
    TimeCursor after = TimeCursor.of(request, TimeCursor.EARLIEST);
    List<Payment> rows =
        handle
            .createQuery(
                """
                SELECT %s FROM payment p
                WHERE p.state IN ('frozen', 'awaiting-payer')
                  AND (p.changed_at, p.payment_id) > (:after::timestamptz, :after_id)
                ORDER BY p.changed_at, p.payment_id
                LIMIT :most
                """
                    .formatted(PaymentRows.PAYMENT))
            .bind("after", after.at().toString())
            .bind("after_id", after.id())
            .bind("most", request.limit() + 1)
            .map(PaymentRows::payment)
            .list();
    return Page.of(
        request, rows, payment -> new TimeCursor(payment.changedAt(), payment.paymentId()).text());
  }
}
