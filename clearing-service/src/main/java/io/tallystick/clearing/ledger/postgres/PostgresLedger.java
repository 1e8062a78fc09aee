package io.tallystick.clearing.ledger.postgres;

import io.tallystick.clearing.ledger.AccountKind;
import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.event.EventIds;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// Locks accounts, and writes what a [Book] holds.
@Singleton
public class PostgresLedger {
  private final Clock clock;

  PostgresLedger(Clock clock) {
    this.clock = clock;
  }

  /// A book without locked accounts: for moves that only the database has to check.
  public Book emptyBook() {
    return new Book(Map.of(), () -> EventIds.at(clock.instant()));
  }

  /// Locks every account of these payers until the transaction ends: all balances by which
  /// payments, holds and allowances are decided. A payer without an account is simply not in the
  /// book.
  public Book lockPayers(Handle handle, Collection<String> payerIds) {
    Book book = emptyBook();
    Pipeline pipeline = Pipeline.on(handle);
    lockPayers(pipeline, payerIds, book);
    pipeline.send();
    return book;
  }

  /// As [#lockPayers(Handle, Collection)], once `pipeline` is sent: `book` is told the balances.
  public void lockPayers(Pipeline pipeline, Collection<String> payerIds, Book book) {
    pipeline.query(
        pipeline
            .handle()
            .createQuery(
                """
                SELECT kind, owner_id, currency, device_id, posted_minor, held_minor
                FROM account
                WHERE owner_id = ANY(:owners) AND owner_kind = 'payer'
                ORDER BY owner_id, account_id
                FOR NO KEY UPDATE
                """)
            .bindArray("owners", String.class, List.copyOf(new TreeSet<>(payerIds))),
        (row, _) ->
            Map.entry(
                account(row), new Balance(row.getLong("posted_minor"), row.getLong("held_minor"))),
        locked ->
            book.add(
                locked.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
  }

  /// Locks these accounts, which must come after all that the book has locked so far in the order
  /// of [AccountRef]. One that was not opened yet is left out.
  public void lock(Handle handle, Book book, Collection<AccountRef> accounts) {
    Map<AccountRef, Balance> locked =
        Columns.of(new TreeSet<>(accounts))
            .text("owner", AccountRef::ownerId)
            .text("account", AccountRef::accountId)
            .bind(
                handle.createQuery(
                    """
                    SELECT a.kind, a.owner_id, a.currency, a.device_id, a.posted_minor, a.held_minor
                    FROM account a
                    WHERE (a.owner_id, a.account_id) IN (
                      SELECT * FROM unnest(:owner, :account))
                    ORDER BY a.owner_id, a.account_id
                    FOR NO KEY UPDATE
                    """))
            .reduceRows(new HashMap<>(), PostgresLedger::addBalance);
    book.add(locked);
  }

  /// Opens accounts that are not there yet.
  public void open(Handle handle, Collection<AccountRef> accounts) {
    Columns.of(new TreeSet<>(accounts))
        .text("owner", AccountRef::ownerId)
        .text("account", AccountRef::accountId)
        .text("owner_kind", account -> account.kind().owner().text())
        .text("kind", account -> account.kind().text())
        .text("device", AccountRef::deviceId)
        .text("currency", AccountRef::currency)
        .bind(
            handle.createUpdate(
                """
                INSERT INTO account
                  (owner_id, account_id, owner_kind, kind, device_id, currency, opened_at)
                SELECT x.owner_id, x.account_id, x.owner_kind, x.kind, x.device_id, x.currency,
                  :now::timestamptz
                FROM unnest(:owner, :account, :owner_kind, :kind, :device, :currency)
                  AS x(owner_id, account_id, owner_kind, kind, device_id, currency)
                ORDER BY x.owner_id, x.account_id
                ON CONFLICT (owner_id, account_id) DO NOTHING
                """))
        .bind("now", clock.instant().toString())
        .execute();
  }

  /// Pending holds of these payments, for a transaction that has locked their payers.
  public Map<String, List<Hold>> pendingHolds(
      Handle handle, Collection<String> payerIds, Collection<String> paymentIds) {
    return handle
        .createQuery(
            """
            SELECT h.payer_id, h.payment_id, h.amount_minor, a.kind, a.owner_id, a.currency, a.device_id
            FROM hold h JOIN account a ON a.owner_id = h.payer_id AND a.account_id = h.account_id
            WHERE h.payer_id = ANY(:payers) AND h.payment_id = ANY(:payments) AND h.state = 'pending'
            ORDER BY h.account_id
            """)
        .bindArray("payers", String.class, List.copyOf(payerIds))
        .bindArray("payments", String.class, List.copyOf(paymentIds))
        .reduceRows(
            new HashMap<>(),
            (holds, row) -> {
              Hold hold = hold(row);
              holds.computeIfAbsent(hold.paymentId(), _ -> new ArrayList<>()).add(hold);
              return holds;
            });
  }

  private static Hold hold(RowView row) {
    return new Hold(
        row.getColumn("payer_id", String.class),
        row.getColumn("payment_id", String.class),
        account(row),
        row.getColumn("amount_minor", Long.class));
  }

  /// Writes everything the book has done. Locks that are still to be taken are taken here, in
  /// order.
  public void write(Handle handle, Book book) {
    write(Pipeline.on(handle), book);
  }

  /// As [#write(Handle, Book)], in one round trip with what `pipeline` holds already.
  public void write(Pipeline pipeline, Book book) {
    BookWriter writer = new BookWriter(pipeline, clock.instant());
    if (!book.placedHolds().isEmpty()) {
      writer.placeHolds(book.placedHolds());
    }
    if (!book.endedHolds().isEmpty()) {
      writer.endHolds(book.endedHolds());
    }
    if (!book.postings().isEmpty()) {
      writer.post(book.postings());
    }
    applyChanges(pipeline, writer, book);
  }

  private void applyChanges(Pipeline pipeline, BookWriter writer, Book book) {
    List<BookWriter.AccountChange> changes =
        book.changes().entrySet().stream()
            .map(e -> new BookWriter.AccountChange(e.getKey(), e.getValue()))
            .filter(BookWriter.AccountChange::changesAnything)
            .toList();
    List<BookWriter.AccountChange> missing = new ArrayList<>();
    writer.apply(changes, missing::addAll);
    pipeline.send();
    if (!missing.isEmpty()) {
      open(pipeline.handle(), missing.stream().map(BookWriter.AccountChange::account).toList());
      writer.apply(missing, PostgresLedger::requireNone);
      pipeline.send();
    }
  }

  private static void requireNone(List<BookWriter.AccountChange> missing) {
    if (!missing.isEmpty()) {
      throw new AssertionError("account was opened and is not there: " + missing.getFirst());
    }
  }

  private static Map<AccountRef, Balance> addBalance(Map<AccountRef, Balance> all, RowView row) {
    all.put(
        account(row),
        new Balance(
            row.getColumn("posted_minor", Long.class), row.getColumn("held_minor", Long.class)));
    return all;
  }

  private static AccountRef account(ResultSet row) throws SQLException {
    return new AccountRef(
        AccountKind.parse(row.getString("kind")),
        row.getString("owner_id"),
        row.getString("currency"),
        row.getString("device_id"));
  }

  static AccountRef account(RowView row) {
    return new AccountRef(
        AccountKind.parse(row.getColumn("kind", String.class)),
        row.getColumn("owner_id", String.class),
        row.getColumn("currency", String.class),
        row.getColumn("device_id", String.class));
  }
}
