package io.tallystick.clearing.bill;

import io.tallystick.clearing.bank.postgres.PostgresAccounts;
import io.tallystick.clearing.bank.postgres.PostgresAccounts.Standing;
import io.tallystick.clearing.bill.postgres.PostgresBills;
import io.tallystick.clearing.bill.postgres.PostgresStatements;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Reads for people.
@Singleton
public class BillService {
  private final Database database;
  private final BillReads reads;
  private final PostgresBills bills;
  private final PostgresStatements statements;
  private final PostgresAccounts accounts;

  BillService(
      Database database,
      BillReads reads,
      PostgresBills bills,
      PostgresStatements statements,
      PostgresAccounts accounts) {
    this.database = database;
    this.reads = reads;
    this.bills = bills;
    this.statements = statements;
    this.accounts = accounts;
  }

  /// A page of a payer's bills, newest first.
  public Page<Bill> bills(String payerId, BillFilter filter, PageRequest request) {
    return reads.read(handle -> bills.list(handle, payerId, filter, request));
  }

  /// Everything about one payment of a payer.
  ///
  /// @throws io.tallystick.kit.error.ApiException `NOT_FOUND` if the payer has no such payment
  public Bill.Detail bill(String payerId, String paymentId) {
    return reads
        .read(handle -> bills.find(handle, payerId, paymentId))
        .orElseThrow(
            () -> ApiErrors.notFound("PAYMENT_UNKNOWN", "you have no such payment: " + paymentId));
  }

  /// Always from the primary: wallets decide by it.
  public Balances balances(String payerId) {
    List<Standing> standings =
        database.read(handle -> accounts.list(handle, OwnerKind.PAYER, payerId));
    return Balances.of(standings);
  }

  /// A page of a merchant's statements, newest day first.
  public Page<Statement> statements(
      String merchantId, Optional<LocalDate> day, PageRequest request) {
    return reads.read(handle -> statements.list(handle, merchantId, day, request));
  }

  /// A page of the payments and refunds in a day's statements, oldest first.
  public Page<Statement.Line> lines(String merchantId, LocalDate day, PageRequest request) {
    return reads.read(handle -> statements.lines(handle, merchantId, day, request));
  }

  /// A page of the payments to a merchant, newest first.
  public Page<Statement.Payment> payments(
      String merchantId, BillFilter filter, PageRequest request) {
    return reads
        .read(handle -> bills.listOfMerchant(handle, merchantId, filter, request))
        .map(Statement.Payment::of);
  }
}
