package io.tallystick.seed.device.postgres;

import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.sealing.RowIdentity;
import io.tallystick.seed.sealing.Sealed;
import io.tallystick.seed.sealing.Vault;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Seeds in tables `seed` and `alias`, sealed and bound to payer and seed id.
@Singleton
public class PostgresSeedStore {
  private final Vault vault;

  PostgresSeedStore(Vault vault) {
    this.vault = vault;
  }

  /// A live seed with what was issued along with it.
  ///
  /// @param authorisation fields 3 to 14
  public record Issued(
      UUID seedId, Seed seed, Alias alias, byte[] authorisation, Instant expiresAt) {}

  /// Which row a seed is sealed for.
  public static RowIdentity row(String payerId, UUID seedId) {
    return RowIdentity.of("seed", payerId, seedId.toString());
  }

  /// Claims an alias; false when a live seed has it.
  public boolean claimAlias(Handle handle, Alias alias, String payerId, UUID seedId) {
    return handle
            .createUpdate(
                """
                insert into alias (alias, payer_id, seed_id) values (:alias, :payerId, :seedId)
                on conflict (alias) do nothing
                """)
            .bind("alias", alias.digits())
            .bind("payerId", payerId)
            .bind("seedId", seedId)
            .execute()
        == 1;
  }

  public void insert(Handle handle, String payerId, DeviceId deviceId, Issued issued, Instant now) {
    byte[] secret = issued.seed().toBytes();
    Sealed sealed = vault.seal(secret, row(payerId, issued.seedId()));
    Arrays.fill(secret, (byte) 0);
    handle
        .createUpdate(
            """
            insert into seed (payer_id, seed_id, device_id, alias, sealed, key_version,
              authorisation, created_at, expires_at)
            values (:payerId, :seedId, :deviceId, :alias, :sealed, :version,
              :authorisation, :now, :expiresAt)
            """)
        .bind("payerId", payerId)
        .bind("seedId", issued.seedId())
        .bind("deviceId", deviceId.toString())
        .bind("alias", issued.alias().digits())
        .bind("sealed", sealed.bytes())
        .bind("version", sealed.keyVersion())
        .bind("authorisation", issued.authorisation())
        .bind("now", now)
        .bind("expiresAt", issued.expiresAt())
        .execute();
  }

  /// The device's live seed, unsealed, with what was issued along with it.
  public Optional<Issued> findLive(Handle handle, String payerId, DeviceId deviceId) {
    return handle
        .createQuery(
            """
            select seed_id, sealed, alias, authorisation, expires_at from seed
            where payer_id = :payerId and device_id = :deviceId and retired_at is null
            """)
        .bind("payerId", payerId)
        .bind("deviceId", deviceId.toString())
        .map((row, _) -> {
          UUID seedId = row.getObject("seed_id", UUID.class);
          return new Issued(
              seedId,
              unseal(row.getBytes("sealed"), payerId, seedId),
              new Alias(row.getString("alias")),
              row.getBytes("authorisation"),
              row.getTimestamp("expires_at").toInstant());
        })
        .findOne();
  }

  /// Wipes the device's live seed and frees its alias.
  public void retire(Handle handle, String payerId, DeviceId deviceId, Instant now) {
    handle
        .createUpdate(
            """
            with retired as (
              update seed set sealed = null, retired_at = :now
              where payer_id = :payerId and device_id = :deviceId and retired_at is null
              returning alias)
            delete from alias using retired where alias.alias = retired.alias
            """)
        .bind("now", now)
        .bind("payerId", payerId)
        .bind("deviceId", deviceId.toString())
        .execute();
  }

  private Seed unseal(byte[] sealed, String payerId, UUID seedId) {
    byte[] secret = vault.open(sealed, row(payerId, seedId));
    try {
      return Seed.fromBytes(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
