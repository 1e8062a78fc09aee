package io.tallystick.seed.code.postgres;

import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.code.CodeMatch.Holder;
import io.tallystick.seed.code.CodeMatch.Online;
import io.tallystick.seed.sealing.KeyedHash;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What codes are checked against, many at a time: live seeds by alias, online codes by hash.
@Singleton
public class PostgresCodeStore {
  private static final String HOLDER = "d.payer_id, d.device_id, p.account_number, d.enrolled_at";

  /// A live seed of a live device.
  ///
  /// @param sealed opens for the row of payer and seed id
  public record LiveSeed(Holder holder, UUID seedId, byte[] sealed) {
    @Override
    public String toString() {
      return "LiveSeed[" + seedId + "]";
    }
  }

  /// Live seeds by alias; an alias without one is left out.
  public Map<Alias, LiveSeed> findSeeds(Handle handle, Collection<Alias> aliases, Instant now) {
    Map<Alias, LiveSeed> found = new HashMap<>();
    handle
        .createQuery(
            "select a.alias, s.seed_id, s.sealed, "
                + HOLDER
                + """
                 from alias a
                join seed s on s.payer_id = a.payer_id and s.seed_id = a.seed_id
                join device d on d.payer_id = s.payer_id and d.device_id = s.device_id
                join payer p on p.payer_id = s.payer_id
                where a.alias = any(:aliases) and s.retired_at is null and s.expires_at > :now
                  and d.state = 'live'
                """)
        .bindArray("aliases", String.class, aliases.stream().map(Alias::digits).toList())
        .bind("now", now)
        .map((row, _) ->
            Map.entry(
                new Alias(row.getString("alias")),
                new LiveSeed(
                    holder(row), row.getObject("seed_id", UUID.class), row.getBytes("sealed"))))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /// Live online codes of live devices by hash; a hash without one is left out.
  public Map<ByteBuffer, Online> findOnlineCodes(
      Handle handle, Collection<byte[]> hashes, Instant now) {
    Map<ByteBuffer, Online> found = new HashMap<>();
    handle
        .createQuery(
            "select c.code_hash, c.code_id, "
                + HOLDER
                + """
                 from online_code c
                join device d on d.payer_id = c.payer_id and d.device_id = c.device_id
                join payer p on p.payer_id = c.payer_id
                where c.code_hash = any(:hashes) and c.expires_at > :now and d.state = 'live'
                """)
        .bindArray("hashes", byte[].class, List.copyOf(hashes))
        .bind("now", now)
        .map((row, _) ->
            Map.entry(
                ByteBuffer.wrap(row.getBytes("code_hash")),
                new Online(holder(row), row.getObject("code_id", UUID.class))))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /// Adds an online code; false when there is one with this hash.
  public boolean insertOnlineCode(
      Handle handle, KeyedHash.Versioned hash, Online code, Instant now, Duration validity) {
    return handle
            .createUpdate(
                """
                insert into online_code
                  (code_hash, key_version, code_id, payer_id, device_id, created_at, expires_at)
                values (:hash, :version, :codeId, :payerId, :deviceId, :now, :expiresAt)
                on conflict (code_hash) do nothing
                """)
            .bind("hash", hash.hash())
            .bind("version", hash.version())
            .bind("codeId", code.codeId())
            .bind("payerId", code.holder().payerId())
            .bind("deviceId", code.holder().deviceId().toString())
            .bind("now", now)
            .bind("expiresAt", now.plus(validity))
            .execute()
        == 1;
  }

  /// How many online codes a device was given since then.
  public int countOnlineCodes(Handle handle, String payerId, DeviceId deviceId, Instant since) {
    return handle
        .createQuery(
            """
            select count(*) from online_code
            where payer_id = :payerId and device_id = :deviceId and created_at > :since
            """)
        .bind("payerId", payerId)
        .bind("deviceId", deviceId.toString())
        .bind("since", since)
        .mapTo(Integer.class)
        .one();
  }

  /// Forgets the device's codes that expired before then.
  public void pruneOnlineCodes(Handle handle, String payerId, DeviceId deviceId, Instant before) {
    handle
        .createUpdate(
            """
            delete from online_code
            where payer_id = :payerId and device_id = :deviceId and expires_at < :before
            """)
        .bind("payerId", payerId)
        .bind("deviceId", deviceId.toString())
        .bind("before", before)
        .execute();
  }

  private static Holder holder(ResultSet row) throws SQLException {
    return new Holder(
        row.getString("payer_id"),
        DeviceId.parse(row.getString("device_id")),
        AccountNumber.of(row.getString("account_number")),
        row.getTimestamp("enrolled_at").toInstant());
  }
}
