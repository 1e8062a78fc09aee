package io.tallystick.clearing.bank;

import io.tallystick.clearing.bank.postgres.PostgresAccounts;
import io.tallystick.clearing.bank.postgres.PostgresAccounts.Standing;
import io.tallystick.clearing.bank.postgres.PostgresDeposits;
import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Credits owners with what came from the bank.
@Singleton
public class BankService {
  private final Database database;
  private final PostgresLedger ledger;
  private final PostgresDeposits deposits;
  private final PostgresAccounts accounts;
  private final Clock clock;

  BankService(
      Database database,
      PostgresLedger ledger,
      PostgresDeposits deposits,
      PostgresAccounts accounts,
      Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.deposits = deposits;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// Credits an owner, opening the account when there is none.
  ///
  /// @return what the owner may use of that account now, in minor units
  /// @throws io.tallystick.kit.error.ApiException `ALREADY_EXISTS` if the reference was used with
  ///   another body
  public long deposit(Deposit deposit) {
    return database.inTransaction(handle -> {
      boolean first = deposits.insert(handle, deposit, clock.instant());
      if (!first) {
        requireSame(handle, deposit);
      }
      Book book = lock(handle, deposit);
      if (first) {
        credit(handle, book, deposit);
      }
      return book.balance(deposit.account()).freeMinor();
    });
  }

  /// The accounts of an owner; all of the platform's when `ownerId` is empty.
  public List<Standing> accounts(OwnerKind ownerKind, String ownerId) {
    return database.read(handle -> accounts.list(handle, ownerKind, ownerId));
  }

  private Book lock(Handle handle, Deposit deposit) {
    AccountRef account = deposit.account();
    ledger.open(handle, List.of(account));
    if (deposit.ownerKind() == OwnerKind.PAYER) {
      return ledger.lockPayers(handle, List.of(deposit.ownerId()));
    }
    Book book = ledger.lockPayers(handle, List.of());
    ledger.lock(handle, book, List.of(account));
    return book;
  }

  private void credit(Handle handle, Book book, Deposit deposit) {
    long amountMinor = deposit.amount().amountMinor();
    book.post(
        PostingKind.DEPOSIT,
        deposit.ownerId(),
        null,
        deposit.bankReference(),
        List.of(
            new Entry(AccountRef.bank(deposit.amount().currency()), -amountMinor),
            new Entry(deposit.account(), amountMinor)));
    ledger.write(handle, book);
  }

  private void requireSame(Handle handle, Deposit deposit) {
    String difference = deposit.difference(deposits.get(handle, deposit.bankReference()));
    if (!difference.isEmpty()) {
      throw ApiErrors.keyReused(deposit.bankReference(), difference);
    }
  }
}
