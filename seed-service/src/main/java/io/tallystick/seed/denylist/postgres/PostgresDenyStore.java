package io.tallystick.seed.denylist.postgres;

import io.tallystick.protocol.model.DeviceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Deny list entries in table `deny_entry`, versions in `deny_list_head`.
@Singleton
public class PostgresDenyStore {
  /// Lists the device from the next version on, until its authorisation would have ended.
  ///
  /// @param reason as in `DeviceRevoked`
  /// @param expiresAt end of the authorisation
  public void add(
      Handle handle,
      String payerId,
      DeviceId deviceId,
      String reason,
      Instant expiresAt,
      Instant now) {
    handle
        .createUpdate(
            """
            insert into deny_entry (device_id, payer_id, reason, denied_at, expires_at)
            values (:deviceId, :payerId, :reason, :now, :expiresAt)
            """)
        .bind("deviceId", deviceId.toString())
        .bind("payerId", payerId)
        .bind("reason", reason)
        .bind("now", now)
        .bind("expiresAt", expiresAt)
        .execute();
  }

  /// Whether anything was added or has expired since the last version.
  public boolean hasChanged(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select exists(select 1 from deny_entry where added_version is null)
              or exists(select 1 from deny_entry
                where removed_version is null and added_version is not null and expires_at <= :now)
            """)
        .bind("now", now)
        .mapTo(Boolean.class)
        .one();
  }

  public long version(Handle handle) {
    return handle.createQuery("select version from deny_list_head").mapTo(Long.class).one();
  }

  /// Gives the next version to all that changed; forgets entries that no delta needs any more.
  public long publish(Handle handle, Instant now, int deltaVersions) {
    long next =
        1
            + handle
                .createQuery("select version from deny_list_head for update")
                .mapTo(Long.class)
                .one();
    int changed =
        handle
            .createUpdate("update deny_entry set added_version = :next where added_version is null")
            .bind("next", next)
            .execute();
    changed +=
        handle
            .createUpdate(
                """
                update deny_entry set removed_version = :next
                where removed_version is null and added_version < :next and expires_at <= :now
                """)
            .bind("next", next)
            .bind("now", now)
            .execute();
    if (changed == 0) {
      return next - 1;
    }
    handle
        .createUpdate("update deny_list_head set version = :next, changed_at = :now")
        .bind("next", next)
        .bind("now", now)
        .execute();
    handle
        .createUpdate("delete from deny_entry where removed_version < :oldest")
        .bind("oldest", next - deltaVersions)
        .execute();
    return next;
  }

  /// The devices on the list at a version, at most one more than `limit`.
  public List<DeviceId> members(Handle handle, long version, int limit) {
    return handle
        .createQuery(
            """
            select device_id from deny_entry
            where added_version <= :version
              and (removed_version is null or removed_version > :version)
            limit :limit
            """)
        .bind("version", version)
        .bind("limit", limit + 1)
        .map((row, _) -> DeviceId.parse(row.getString(1)))
        .list();
  }

  /// How many devices were added or removed after one version and up to another.
  public long changes(Handle handle, long from, long to) {
    return handle
        .createQuery(
            """
            select count(*) from deny_entry
            where (added_version > :from and added_version <= :to)
               or (removed_version > :from and removed_version <= :to)
            """)
        .bind("from", from)
        .bind("to", to)
        .mapTo(Long.class)
        .one();
  }
}
