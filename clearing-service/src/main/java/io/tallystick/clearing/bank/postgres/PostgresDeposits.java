package io.tallystick.clearing.bank.postgres;

import io.tallystick.clearing.bank.Deposit;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.protocol.model.Money;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Deposits by the bank's reference.
@Singleton
public class PostgresDeposits {
  /// Claims the reference, waiting for another transaction that is claiming it.
  ///
  /// @return whether nobody had it before
  public boolean insert(Handle handle, Deposit deposit, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO deposit
                  (bank_reference, owner_kind, owner_id, amount_minor, currency, deposited_at)
                VALUES (:reference, :owner_kind, :owner, :amount, :currency, :now::timestamptz)
                ON CONFLICT (bank_reference) DO NOTHING
                """)
            .bind("reference", deposit.bankReference())
            .bind("owner_kind", deposit.ownerKind().text())
            .bind("owner", deposit.ownerId())
            .bind("amount", deposit.amount().amountMinor())
            .bind("currency", deposit.amount().currency())
            .bind("now", now.toString())
            .execute()
        == 1;
  }

  /// The deposit with a reference that was claimed.
  public Deposit get(Handle handle, String bankReference) {
    return handle
        .createQuery(
            """
            SELECT owner_kind, owner_id, amount_minor, currency FROM deposit
            WHERE bank_reference = :reference
            """)
        .bind("reference", bankReference)
        .map((row, _) ->
            new Deposit(
                bankReference,
                OwnerKind.parse(row.getString("owner_kind")),
                row.getString("owner_id"),
                Money.of(row.getLong("amount_minor"), row.getString("currency"))))
        .one();
  }
}
