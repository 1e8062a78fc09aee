package io.tallystick.seed.device.postgres;

import io.tallystick.protocol.model.AccountNumber;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Payers and their account numbers in tables `payer` and `account_number`.
@Singleton
public class PostgresPayerStore {
  /// Locks the payer's row until the transaction ends: everything that changes the payer's devices
  /// goes one after the other.
  public Optional<AccountNumber> lock(Handle handle, String payerId) {
    return handle
        .createQuery("select account_number from payer where payer_id = :payerId for update")
        .bind("payerId", payerId)
        .map((row, _) -> AccountNumber.of(row.getString(1)))
        .findOne();
  }

  /// Claims an account number; false when another payer has it.
  public boolean claim(Handle handle, AccountNumber account, String payerId) {
    return handle
            .createUpdate(
                """
                insert into account_number (account_number, payer_id) values (:account, :payerId)
                on conflict (account_number) do nothing
                """)
            .bind("account", account.value())
            .bind("payerId", payerId)
            .execute()
        == 1;
  }

  /// Adds the payer unless another transaction has done so.
  public void insert(Handle handle, String payerId, AccountNumber account, Instant now) {
    handle
        .createUpdate(
            """
            insert into payer (payer_id, account_number, created_at) values (:payerId, :account, :now)
            on conflict (payer_id) do nothing
            """)
        .bind("payerId", payerId)
        .bind("account", account.value())
        .bind("now", now)
        .execute();
  }
}
