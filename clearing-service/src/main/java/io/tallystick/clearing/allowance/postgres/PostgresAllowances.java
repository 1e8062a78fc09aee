package io.tallystick.clearing.allowance.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.allowance.AllowanceRequest;
import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.protocol.model.Money;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What was asked for devices' allowances, and which devices have ended. Changed under the lock of
/// the payer's accounts only.
@Singleton
public class PostgresAllowances {
  /// A device of a payer.
  public record DeviceKey(String payerId, String deviceId) {
    public DeviceKey {
      requireNonNull(payerId, "payerId is null");
      requireNonNull(deviceId, "deviceId is null");
    }
  }

  /// A request that was answered.
  public record Answered(AllowanceRequest request, long heldMinor) {}

  public Optional<Answered> find(Handle handle, String payerId, String key) {
    return handle
        .createQuery(
            """
            SELECT payer_id, idempotency_key, device_id, target_minor, currency, released_ids,
              held_minor
            FROM allowance_request WHERE payer_id = :payer AND idempotency_key = :key
            """)
        .bind("payer", payerId)
        .bind("key", key)
        .map((row, _) -> answered(row))
        .findOne();
  }

  private static Answered answered(ResultSet row) throws SQLException {
    AllowanceRequest request =
        new AllowanceRequest(
            row.getString("idempotency_key"),
            row.getString("payer_id"),
            row.getString("device_id"),
            Money.of(row.getLong("target_minor"), row.getString("currency")),
            List.of((String[]) row.getArray("released_ids").getArray()));
    return new Answered(request, row.getLong("held_minor"));
  }

  public void insert(Handle handle, AllowanceRequest request, long heldMinor, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO allowance_request
              (payer_id, idempotency_key, device_id, target_minor, currency, released_ids, held_minor,
               requested_at)
            VALUES (:payer, :key, :device, :target, :currency, :released, :held, :now::timestamptz)
            """)
        .bind("payer", request.payerId())
        .bind("key", request.key())
        .bind("device", request.deviceId())
        .bind("target", request.target().amountMinor())
        .bind("currency", request.target().currency())
        .bindArray("released", String.class, request.releasedDeviceIds())
        .bind("held", heldMinor)
        .bind("now", now.toString())
        .execute();
  }

  /// Notes that a device may no longer pay. Said again, the earlier release counts.
  public void end(
      Handle handle, DeviceKey device, String reason, Instant endedAt, Instant releaseAt) {
    handle
        .createUpdate(
            """
            INSERT INTO device_end AS d (payer_id, device_id, reason, ended_at, release_at, open)
            VALUES (:payer, :device, :reason, :ended::timestamptz, :release::timestamptz, true)
            ON CONFLICT (payer_id, device_id) DO UPDATE
            SET ended_at = least(d.ended_at, excluded.ended_at),
                release_at = least(d.release_at, excluded.release_at),
                open = true
            """)
        .bind("payer", device.payerId())
        .bind("device", device.deviceId())
        .bind("reason", reason)
        .bind("ended", endedAt.toString())
        .bind("release", releaseAt.toString())
        .execute();
  }

  /// An allowance was filled: if its device has ended, there is something to give back again.
  public void reopen(Handle handle, DeviceKey device) {
    handle
        .createUpdate(
            """
            UPDATE device_end SET open = true
            WHERE payer_id = :payer AND device_id = :device AND NOT open
            """)
        .bind("payer", device.payerId())
        .bind("device", device.deviceId())
        .execute();
  }

  /// Devices whose allowance is to be given back now, the longest due first.
  public List<DeviceKey> due(Handle handle, Instant now, int most) {
    return handle
        .createQuery(
            """
            SELECT payer_id, device_id FROM device_end
            WHERE open AND release_at <= :now::timestamptz
            ORDER BY release_at
            LIMIT :most
            """)
        .bind("now", now.toString())
        .bind("most", most)
        .map((row, _) -> new DeviceKey(row.getString("payer_id"), row.getString("device_id")))
        .list();
  }

  /// Nothing is left in these.
  public void close(Handle handle, List<DeviceKey> devices) {
    if (!devices.isEmpty()) {
      keys(devices)
          .bind(
              handle.createUpdate(
                  """
                  UPDATE device_end SET open = false
                  WHERE (payer_id, device_id) IN (SELECT * FROM unnest(:payer, :device))
                  """))
          .execute();
    }
  }

  /// Something is held in these: look again later.
  public void postpone(Handle handle, List<DeviceKey> devices, Instant until) {
    if (!devices.isEmpty()) {
      keys(devices)
          .bind(
              handle.createUpdate(
                  """
                  UPDATE device_end SET release_at = :until::timestamptz
                  WHERE (payer_id, device_id) IN (SELECT * FROM unnest(:payer, :device))
                  """))
          .bind("until", until.toString())
          .execute();
    }
  }

  private static Columns<DeviceKey> keys(List<DeviceKey> devices) {
    return Columns.of(devices)
        .text("payer", DeviceKey::payerId)
        .text("device", DeviceKey::deviceId);
  }
}
