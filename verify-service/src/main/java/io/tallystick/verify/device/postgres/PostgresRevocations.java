package io.tallystick.verify.device.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Statements on `revoked_device`, inside the caller's transaction.
public final class PostgresRevocations {
  /// Of two revocations of one device the earlier stands.
  private static final String NOTE =
      """
      INSERT INTO revoked_device AS d (device_id, payer_id, revoked_at, reason)
      VALUES (:device, :payer, :at, :reason)
      ON CONFLICT (device_id) DO UPDATE
         SET revoked_at = excluded.revoked_at, reason = excluded.reason
       WHERE excluded.revoked_at < d.revoked_at
      """;

  private static final String FIND =
      "SELECT device_id, revoked_at FROM revoked_device WHERE device_id = ANY(:devices)";

  private PostgresRevocations() {}

  public static void note(
      Handle handle, String deviceId, String payerId, Instant at, String reason) {
    handle
        .createUpdate(NOTE)
        .bind("device", deviceId)
        .bind("payer", payerId)
        .bind("at", at)
        .bind("reason", reason)
        .execute();
  }

  /// When the devices among these were revoked that were.
  public static Map<String, Instant> find(Handle handle, Collection<String> devices) {
    Map<String, Instant> revoked = new HashMap<>();
    handle
        .createQuery(FIND)
        .bindArray("devices", String.class, List.copyOf(devices))
        .map((row, _) ->
            Map.entry(
                row.getString("device_id"),
                row.getObject("revoked_at", OffsetDateTime.class).toInstant()))
        .forEach(entry -> revoked.put(entry.getKey(), entry.getValue()));
    return revoked;
  }
}
