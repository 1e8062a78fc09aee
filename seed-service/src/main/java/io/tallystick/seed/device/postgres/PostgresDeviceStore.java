package io.tallystick.seed.device.postgres;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.seed.device.Device;
import io.tallystick.seed.device.Device.Revocation;
import io.tallystick.seed.device.DeviceState;
import io.tallystick.seed.device.RevocationReason;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Devices in tables `device`, `device_owner` and `device_key`.
@Singleton
public class PostgresDeviceStore {
  private static final String SELECT =
      """
      select d.payer_id, d.device_id, p.account_number, d.name, d.public_key, d.state, d.key_epoch,
        d.allowance_minor, d.currency, d.attempted_at, d.enrolled_at, d.renewed_at, d.expires_at,
        d.revoked_at, d.revocation_reason
      from device d join payer p on p.payer_id = d.payer_id
      """;

  /// Claims a device id; false when another device has it.
  public boolean claimId(Handle handle, DeviceId id, String payerId) {
    return handle
            .createUpdate(
                """
                insert into device_owner (device_id, payer_id) values (:deviceId, :payerId)
                on conflict (device_id) do nothing
                """)
            .bind("deviceId", id.toString())
            .bind("payerId", payerId)
            .execute()
        == 1;
  }

  /// Claims a device key; false when it enrolled before.
  public boolean claimKey(Handle handle, Sm2PublicKey key, String payerId, DeviceId id) {
    return handle
            .createUpdate(
                """
                insert into device_key (public_key, payer_id, device_id)
                values (:key, :payerId, :deviceId)
                on conflict (public_key) do nothing
                """)
            .bind("key", key.compressed())
            .bind("payerId", payerId)
            .bind("deviceId", id.toString())
            .execute()
        == 1;
  }

  public void insertPending(
      Handle handle,
      String payerId,
      DeviceId id,
      String name,
      Sm2PublicKey key,
      String currency,
      List<DeviceId> released,
      Instant now) {
    handle
        .createUpdate(
            """
            insert into device
              (payer_id, device_id, name, public_key, state, currency, released_device_ids,
               attempted_at, created_at)
            values (:payerId, :deviceId, :name, :key, 'pending', :currency, :released, :now, :now)
            """)
        .bind("payerId", payerId)
        .bind("deviceId", id.toString())
        .bind("name", name)
        .bind("key", key.compressed())
        .bind("currency", currency)
        .bindArray("released", String.class, released.stream().map(DeviceId::toString).toList())
        .bind("now", now)
        .execute();
  }

  public Optional<Device> find(Handle handle, String payerId, DeviceId id) {
    return handle
        .createQuery(SELECT + " where d.payer_id = :payerId and d.device_id = :deviceId")
        .bind("payerId", payerId)
        .bind("deviceId", id.toString())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// The payer of a device, whatever its state.
  public Optional<String> owner(Handle handle, DeviceId id) {
    return handle
        .createQuery("select payer_id from device_owner where device_id = :deviceId")
        .bind("deviceId", id.toString())
        .mapTo(String.class)
        .findOne();
  }

  /// The payer's only device in this state, if there is one: live or pending.
  public Optional<Device> findOnly(Handle handle, String payerId, DeviceState state) {
    return handle
        .createQuery(SELECT + " where d.payer_id = :payerId and d.state = :state")
        .bind("payerId", payerId)
        .bind("state", state.text())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Live and revoked devices of a payer, newest first.
  public List<Device> list(Handle handle, String payerId, int limit) {
    return handle
        .createQuery(
            SELECT
                + """
                 where d.payer_id = :payerId and d.state in ('live', 'revoked')
                order by d.enrolled_at desc, d.device_id limit :limit
                """)
        .bind("payerId", payerId)
        .bind("limit", limit)
        .map((row, _) -> read(row))
        .list();
  }

  /// Live and revoked devices among these.
  public List<Device> findAll(Handle handle, Collection<DeviceId> ids) {
    return handle
        .createQuery(
            SELECT
                + """
                 join device_owner o on o.payer_id = d.payer_id and o.device_id = d.device_id
                where o.device_id = any(:deviceIds) and d.state in ('live', 'revoked')
                """)
        .bindArray("deviceIds", String.class, ids.stream().map(DeviceId::toString).toList())
        .map((row, _) -> read(row))
        .list();
  }

  /// The payer's devices whose allowance goes back to the balance when the next one is enrolled:
  /// the live one, and those whose enrolment was given up. Of a device that was revoked
  /// clearing-service itself gives the allowance back, when taps may no longer be uploaded. At most
  /// 100.
  public List<DeviceId> unreleased(Handle handle, String payerId) {
    return handle
        .createQuery(
            """
            select device_id from device
            where payer_id = :payerId and state in ('live', 'abandoned') and not allowance_released
            order by created_at limit 100
            """)
        .bind("payerId", payerId)
        .map((row, _) -> DeviceId.parse(row.getString(1)))
        .list();
  }

  /// What was [#unreleased] when the pending device was made: the same at every try.
  public List<DeviceId> released(Handle handle, Device device) {
    return handle
        .createQuery(
            """
            select unnest(released_device_ids) from device
            where payer_id = :payerId and device_id = :deviceId
            """)
        .bind("payerId", device.payerId())
        .bind("deviceId", device.id().toString())
        .map((row, _) -> DeviceId.parse(row.getString(1)))
        .list();
  }

  public void markReleased(Handle handle, String payerId, Collection<DeviceId> ids) {
    handle
        .createUpdate(
            """
            update device set allowance_released = true
            where payer_id = :payerId and device_id = any(:deviceIds)
            """)
        .bind("payerId", payerId)
        .bindArray("deviceIds", String.class, ids.stream().map(DeviceId::toString).toList())
        .execute();
  }

  public void attempted(Handle handle, Device device, Instant now) {
    update(handle, device, "attempted_at = :now", now);
  }

  public void abandon(Handle handle, Device device, Instant now) {
    update(handle, device, "state = 'abandoned', attempted_at = :now", now);
  }

  /// Seed and authorisation were issued: pending → live, or a live one's next key epoch.
  public void issued(
      Handle handle, Device device, Money allowance, Instant expiresAt, Instant now) {
    handle
        .createUpdate(
            """
            update device set state = 'live', key_epoch = key_epoch + 1,
              allowance_minor = :allowance, currency = :currency, expires_at = :expiresAt,
              enrolled_at = coalesce(enrolled_at, :now),
              renewed_at = case when state = 'live' then cast(:now as timestamptz) end
            where payer_id = :payerId and device_id = :deviceId and state in ('pending', 'live')
            """)
        .bind("allowance", allowance.amountMinor())
        .bind("currency", allowance.currency())
        .bind("now", now)
        .bind("expiresAt", expiresAt)
        .bind("payerId", device.payerId())
        .bind("deviceId", device.id().toString())
        .execute();
  }

  /// live → revoked.
  public void revoke(Handle handle, Device device, RevocationReason reason, Instant now) {
    handle
        .createUpdate(
            """
            update device set state = 'revoked', revoked_at = :now, revocation_reason = :reason
            where payer_id = :payerId and device_id = :deviceId and state = 'live'
            """)
        .bind("now", now)
        .bind("reason", reason.text())
        .bind("payerId", device.payerId())
        .bind("deviceId", device.id().toString())
        .execute();
  }

  private static void update(Handle handle, Device device, String assignments, Instant now) {
    handle
        .createUpdate(
            "update device set "
                + assignments
                + " where payer_id = :payerId and device_id = :deviceId and state = 'pending'")
        .bind("now", now)
        .bind("payerId", device.payerId())
        .bind("deviceId", device.id().toString())
        .execute();
  }

  private static Device read(ResultSet row) throws SQLException {
    Optional<Instant> revokedAt = instant(row.getTimestamp("revoked_at"));
    String reason = row.getString("revocation_reason");
    return new Device(
        row.getString("payer_id"),
        DeviceId.parse(row.getString("device_id")),
        AccountNumber.of(row.getString("account_number")),
        row.getString("name"),
        Sm2PublicKey.fromCompressed(row.getBytes("public_key")),
        DeviceState.parse(row.getString("state")),
        row.getInt("key_epoch"),
        Money.of(row.getLong("allowance_minor"), row.getString("currency")),
        row.getTimestamp("attempted_at").toInstant(),
        instant(row.getTimestamp("enrolled_at")),
        instant(row.getTimestamp("renewed_at")),
        instant(row.getTimestamp("expires_at")),
        revokedAt.map(at -> new Revocation(at, RevocationReason.parse(reason))));
  }

  private static Optional<Instant> instant(@Nullable Timestamp timestamp) {
    return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
  }
}
