package io.tallystick.clearing.payment.postgres;

import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.clearing.payment.Credit;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Work;
import io.tallystick.kit.database.Pipeline;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Begins work under the payers' locks, loads payments, and writes what was done.
@Singleton
public class PostgresPayments {
  private final PostgresLedger ledger;
  private final PaymentWriter writer;
  private final PaymentEvents events;
  private final Clock clock;

  PostgresPayments(PostgresLedger ledger, PaymentWriter writer, PaymentEvents events, Clock clock) {
    this.ledger = ledger;
    this.writer = writer;
    this.events = events;
    this.clock = clock;
  }

  /// Locks the payers' accounts. Everything about a payer's money happens after this, one
  /// transaction after another.
  public Work begin(Handle handle, Collection<String> payerIds) {
    Pipeline pipeline = Pipeline.on(handle);
    Work work = begin(pipeline, payerIds);
    pipeline.send();
    return work;
  }

  /// As [#begin(Handle, Collection)], with locks and balances once `pipeline` is sent.
  public Work begin(Pipeline pipeline, Collection<String> payerIds) {
    // As precise as it is stored, so that an answer and its repetition are equal.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Book book = ledger.emptyBook();
    ledger.lockPayers(pipeline, payerIds, book);
    return new Work(book, now);
  }

  /// Locks and loads payments; unknown ones are left out.
  public void load(
      Handle handle, Work work, Collection<String> payerIds, Collection<String> paymentIds) {
    List<Payment> stored =
        handle
            .createQuery(
                """
                SELECT %s FROM payment p
                WHERE p.payer_id = ANY(:payers) AND p.payment_id = ANY(:payments)
                ORDER BY p.payer_id, p.payment_id
                FOR NO KEY UPDATE
                """
                    .formatted(PaymentRows.PAYMENT))
            .bindArray("payers", String.class, List.copyOf(payerIds))
            .bindArray("payments", String.class, List.copyOf(paymentIds))
            .map(PaymentRows::payment)
            .list();
    work.load(stored);
  }

  /// A payment as it stands, without a lock.
  public Optional<Payment> find(Handle handle, String payerId, String paymentId) {
    return handle
        .createQuery(
            "SELECT %s FROM payment p WHERE p.payer_id = :payer AND p.payment_id = :payment"
                .formatted(PaymentRows.PAYMENT))
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .map(PaymentRows::payment)
        .findOne();
  }

  /// Locks what a payment owes its merchant, so that a sweep or a settlement comes before or after.
  public Credit lockCredit(Handle handle, String payerId, String paymentId) {
    return handle
        .createQuery(
            """
            SELECT %s FROM merchant_credit c
            WHERE c.payer_id = :payer AND c.payment_id = :payment
            FOR NO KEY UPDATE
            """
                .formatted(PaymentRows.CREDIT))
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .map(PaymentRows::credit)
        .findOne()
        .orElseThrow(() -> new AssertionError("a paid payment has no credit: " + paymentId));
  }

  /// Writes everything, with the events, in the transaction of `handle`.
  public void write(Handle handle, Work work) {
    Pipeline pipeline = Pipeline.on(handle);
    writer.write(pipeline, work);
    events.append(pipeline, work.lastChanges());
    ledger.write(pipeline, work.book());
  }
}
