package io.tallystick.clearing.bank.postgres;

import io.tallystick.clearing.ledger.AccountKind;
import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.ledger.OwnerKind;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Reads accounts without locking them.
@Singleton
public class PostgresAccounts {
  /// Most accounts that are listed of one owner.
  public static final int MOST = 1000;

  /// An account with what stands in it.
  public record Standing(AccountRef account, Balance balance) {}

  /// The accounts of an owner, by id, but for the empty ones of devices: every device that a payer
  /// ever had leaves one behind.
  ///
  /// @param ownerId empty for all of the platform's
  public List<Standing> list(Handle handle, OwnerKind ownerKind, String ownerId) {
    return handle
        .createQuery(
            """
            SELECT kind, owner_id, currency, device_id, posted_minor, held_minor
            FROM account
            WHERE owner_kind = :owner_kind AND (:owner = '' OR owner_id = :owner)
              AND (device_id IS NULL OR posted_minor <> 0 OR held_minor <> 0)
            ORDER BY account_id
            LIMIT :most
            """)
        .bind("owner_kind", ownerKind.text())
        .bind("owner", ownerId)
        .bind("most", MOST)
        .map((row, _) ->
            new Standing(
                new AccountRef(
                    AccountKind.parse(row.getString("kind")),
                    row.getString("owner_id"),
                    row.getString("currency"),
                    row.getString("device_id")),
                new Balance(row.getLong("posted_minor"), row.getLong("held_minor"))))
        .list();
  }
}
