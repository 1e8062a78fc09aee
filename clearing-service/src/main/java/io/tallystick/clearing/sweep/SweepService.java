package io.tallystick.clearing.sweep;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.clearing.sweep.SweepRules.Due;
import io.tallystick.clearing.sweep.SweepRules.Swept;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.event.EventIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Sweeps the clearing buckets to the merchants, a bounded batch in each transaction.
@Singleton
public class SweepService {
  private final Database database;
  private final PostgresLedger ledger;
  private final SweepConfig config;
  private final Clock clock;

  SweepService(Database database, PostgresLedger ledger, SweepConfig config, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      identity = "sweep",
      every = "${tallystick.clearing.sweep.every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void scheduled() {
    sweepAll();
  }

  /// Sweeps what waits, within the limit of rounds. What another replica is sweeping, or what is
  /// being given back, is left for later.
  ///
  /// @return how many payments were swept
  public int sweepAll() {
    int swept = 0;
    for (int round = 0; round < config.rounds(); round++) {
      int some = sweepSome(Locked.SKIP);
      swept += some;
      if (some < config.batch()) {
        break;
      }
    }
    return swept;
  }

  /// Sweeps everything that was paid before this call, waiting for whoever is at it: for a
  /// settlement, which must not miss what is just being swept.
  public void sweepEverything() {
    Instant until = clock.instant();
    while (waiting(until)) {
      // Sweeps a batch, or waits until another has swept it.
      sweepSome(Locked.WAIT);
    }
  }

  private boolean waiting(Instant until) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT FROM merchant_credit
                  WHERE sweep_posting_id IS NULL AND reversed_at IS NULL
                    AND cleared_at <= :until::timestamptz)
                """)
            .bind("until", until.toString())
            .mapTo(Boolean.class)
            .one());
  }

  /// What a sweep does about credits that somebody else has locked.
  private enum Locked {
    SKIP("FOR NO KEY UPDATE SKIP LOCKED"),
    WAIT("FOR NO KEY UPDATE");

    private final String sql;

    Locked(String sql) {
      this.sql = sql;
    }
  }

  private int sweepSome(Locked locked) {
    return database.inTransaction(handle -> {
      List<Due> dues = takeDue(handle, locked);
      if (!dues.isEmpty()) {
        Book book = ledger.emptyBook();
        Pipeline pipeline = Pipeline.on(handle);
        mark(pipeline, SweepRules.sweep(book, dues, () -> EventIds.at(clock.instant())));
        ledger.write(pipeline, book);
      }
      return dues.size();
    });
  }

  private List<Due> takeDue(Handle handle, Locked locked) {
    return handle
        .createQuery(
            """
            SELECT payer_id, payment_id, merchant_id, bucket, currency,
              amount_minor - returned_minor AS due_minor
            FROM merchant_credit
            WHERE sweep_posting_id IS NULL AND reversed_at IS NULL
            ORDER BY cleared_at, payment_id
            LIMIT :most
            %s
            """
                .formatted(locked.sql))
        .bind("most", config.batch())
        .map((row, _) ->
            new Due(
                row.getString("payer_id"),
                row.getString("payment_id"),
                row.getString("merchant_id"),
                new Bucket(row.getInt("bucket")),
                row.getString("currency"),
                row.getLong("due_minor")))
        .list();
  }

  /// By the primary key alone: the rows are locked, so what [#takeDue] saw of them still holds, and
  /// `merchant_credit_moves_once` refuses a second sweep whatever this statement says. A condition
  /// on `sweep_posting_id` would only draw the planner to the partial index or to the whole table.
  private static void mark(Pipeline pipeline, List<Swept> swept) {
    pipeline.update(
        Columns.of(swept)
            .text("payer", s -> s.due().payerId())
            .text("payment", s -> s.due().paymentId())
            .uuid("posting", Swept::postingId)
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        UPDATE merchant_credit c
                        SET sweep_posting_id = x.posting_id
                        FROM unnest(:payer, :payment, :posting) AS x(payer_id, payment_id, posting_id)
                        WHERE c.payer_id = x.payer_id AND c.payment_id = x.payment_id
                        """)),
        marked -> {
          if (marked != swept.size()) {
            throw new AssertionError("credits were swept under their locks");
          }
        });
  }
}
