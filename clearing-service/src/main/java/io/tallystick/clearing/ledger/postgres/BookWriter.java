package io.tallystick.clearing.ledger.postgres;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book.Change;
import io.tallystick.clearing.ledger.Book.EndedHold;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.HoldState;
import io.tallystick.clearing.ledger.Posting;
import io.tallystick.kit.database.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The statements that write a book, one for each table. They go out with the pipeline.
final class BookWriter {
  private final Pipeline pipeline;
  private final String now;

  BookWriter(Pipeline pipeline, Instant now) {
    this.pipeline = pipeline;
    this.now = now.toString();
  }

  /// An account and what changes in it.
  record AccountChange(AccountRef account, Change change) {
    boolean changesAnything() {
      return change.postedMinor() != 0 || change.heldMinor() != 0;
    }
  }

  private record Line(Posting posting, int number, Posting.Entry entry) {}

  void placeHolds(List<Hold> holds) {
    pipeline.update(
        Columns.of(holds)
            .text("payer", Hold::payerId)
            .text("payment", Hold::paymentId)
            .text("account", hold -> hold.account().accountId())
            .int8("amount", Hold::amountMinor)
            .text("currency", hold -> hold.account().currency())
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO hold
                          (payer_id, payment_id, account_id, amount_minor, currency, state, placed_at)
                        SELECT x.payer_id, x.payment_id, x.account_id, x.amount_minor, x.currency, 'pending',
                          :now::timestamptz
                        FROM unnest(:payer, :payment, :account, :amount, :currency)
                          AS x(payer_id, payment_id, account_id, amount_minor, currency)
                        """))
            .bind("now", now));
  }

  /// A hold placed in the same transaction may be ended in it, so that this comes second.
  void endHolds(List<EndedHold> ended) {
    pipeline.update(
        Columns.of(ended)
            .text("payer", end -> end.hold().payerId())
            .text("payment", end -> end.hold().paymentId())
            .text("account", end -> end.hold().account().accountId())
            .text("state", end -> end.state().text())
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        UPDATE hold h
                        SET state = x.state, ended_at = :now::timestamptz
                        FROM unnest(:payer, :payment, :account, :state)
                          AS x(payer_id, payment_id, account_id, state)
                        WHERE h.payer_id = x.payer_id AND h.payment_id = x.payment_id
                          AND h.account_id = x.account_id AND h.state = '%s'
                        """
                            .formatted(HoldState.PENDING.text())))
            .bind("now", now),
        updated -> requireAllEnded(ended.size(), updated));
  }

  private static void requireAllEnded(int ended, int updated) {
    if (updated != ended) {
      throw new AssertionError(
          "%d of %d holds were not pending under their payers' locks"
              .formatted(ended - updated, ended));
    }
  }

  void post(List<Posting> postings) {
    pipeline.update(
        Columns.of(postings)
            .text("owner", Posting::ownerId)
            .uuid("posting", Posting::postingId)
            .text("kind", posting -> posting.kind().text())
            .text("payment", Posting::paymentId)
            .text("reference", Posting::reference)
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO posting (owner_id, posting_id, kind, payment_id, reference, posted_at)
                        SELECT x.owner_id, x.posting_id, x.kind, x.payment_id, x.reference, :now::timestamptz
                        FROM unnest(:owner, :posting, :kind, :payment, :reference)
                          AS x(owner_id, posting_id, kind, payment_id, reference)
                        """))
            .bind("now", now));
    writeEntries(lines(postings));
  }

  private void writeEntries(List<Line> lines) {
    pipeline.update(
        Columns.of(lines)
            .text("owner", line -> line.posting().ownerId())
            .uuid("posting", line -> line.posting().postingId())
            .int4("line", Line::number)
            .text("account_owner", line -> line.entry().account().ownerId())
            .text("account", line -> line.entry().account().accountId())
            .int8("amount", line -> line.entry().amountMinor())
            .text("currency", line -> line.entry().account().currency())
            .bind(
                pipeline
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO entry
                          (owner_id, posting_id, line, account_owner_id, account_id, amount_minor, currency)
                        SELECT * FROM unnest(
                          :owner, :posting, :line, :account_owner, :account, :amount, :currency)
                        """)));
  }

  private static List<Line> lines(List<Posting> postings) {
    List<Line> lines = new ArrayList<>(postings.size() * 2);
    for (Posting posting : postings) {
      int number = 1;
      for (Posting.Entry entry : posting.entries()) {
        lines.add(new Line(posting, number++, entry));
      }
    }
    return lines;
  }

  /// Adds the changes to the balances, in lock order.
  ///
  /// @param missing is told the changes of accounts that have not been opened
  void apply(List<AccountChange> changes, Consumer<List<AccountChange>> missing) {
    for (int lockClass = 0; lockClass <= AccountRef.LAST_LOCK_CLASS; lockClass++) {
      int current = lockClass;
      List<AccountChange> together =
          changes.stream().filter(c -> c.account().lockClass() == current).toList();
      if (!together.isEmpty()) {
        applyOneClass(together, missing);
      }
    }
  }

  /// The inner query locks in id order; the update alone would lock in the order of its join.
  private void applyOneClass(List<AccountChange> changes, Consumer<List<AccountChange>> missing) {
    pipeline.query(
        Columns.of(changes)
            .text("owner", change -> change.account().ownerId())
            .text("account", change -> change.account().accountId())
            .int8("posted", change -> change.change().postedMinor())
            .int8("held", change -> change.change().heldMinor())
            .bind(
                pipeline
                    .handle()
                    .createQuery(
                        """
                        WITH x AS MATERIALIZED (
                          SELECT * FROM unnest(:owner, :account, :posted, :held)
                            AS x(owner_id, account_id, posted_minor, held_minor)),
                        locked AS MATERIALIZED (
                          SELECT a.owner_id, a.account_id
                          FROM account a JOIN x USING (owner_id, account_id)
                          ORDER BY a.owner_id, a.account_id
                          FOR NO KEY UPDATE OF a)
                        UPDATE account a
                        SET posted_minor = a.posted_minor + x.posted_minor,
                            held_minor = a.held_minor + x.held_minor
                        FROM locked JOIN x USING (owner_id, account_id)
                        WHERE a.owner_id = locked.owner_id AND a.account_id = locked.account_id
                        RETURNING a.account_id
                        """)),
        (row, _) -> row.getString(1),
        ids -> {
          Set<String> applied = new HashSet<>(ids);
          missing.accept(
              changes.stream().filter(c -> !applied.contains(c.account().accountId())).toList());
        });
  }
}
