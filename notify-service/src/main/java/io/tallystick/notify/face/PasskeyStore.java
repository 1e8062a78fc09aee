package io.tallystick.notify.face;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Passkeys and open registrations in PostgreSQL. A credential id is looked up together with its
/// payer, so one registered for two payers is two passkeys.
@ApplicationScoped
public class PasskeyStore {
  private static final String SELECT =
      "SELECT credential_id, attested_data, sign_count, backup_eligible, backup_state, transports,"
          + " created_at FROM passkey WHERE payer_id = :payer";

  /// The payer's user handle; drawn by `fresh` when there is none yet. Holds the payer's lock.
  byte[] userHandle(Handle handle, String payerId, byte[] fresh) {
    return handle
        .createQuery(
            """
            INSERT INTO payer (payer_id, user_handle) VALUES (:payer, :fresh)
            ON CONFLICT (payer_id) DO UPDATE SET user_handle = coalesce(payer.user_handle, excluded.user_handle)
            RETURNING user_handle
            """)
        .bind("payer", payerId)
        .bind("fresh", fresh)
        .mapTo(byte[].class)
        .one();
  }

  /// The payer's user handle, absent before the first registration.
  public Optional<byte[]> userHandle(Handle handle, String payerId) {
    return handle
        .createQuery(
            "SELECT user_handle FROM payer WHERE payer_id = :payer AND user_handle IS NOT NULL")
        .bind("payer", payerId)
        .mapTo(byte[].class)
        .findOne();
  }

  public List<Passkey> list(Handle handle, String payerId) {
    return handle
        .createQuery(SELECT + " ORDER BY created_at, credential_id")
        .bind("payer", payerId)
        .map(PasskeyStore::passkey)
        .list();
  }

  /// Those registered before `moment`.
  public List<Passkey> registeredBefore(Handle handle, String payerId, Instant moment) {
    return list(handle, payerId).stream().filter(p -> p.createdAt().isBefore(moment)).toList();
  }

  /// One passkey; held locked until the transaction ends, so that its counter is read and raised by
  /// one answer at a time.
  public Optional<Passkey> lock(Handle handle, String payerId, byte[] credentialId) {
    return handle
        .createQuery(SELECT + " AND credential_id = :id FOR UPDATE")
        .bind("payer", payerId)
        .bind("id", credentialId)
        .map(PasskeyStore::passkey)
        .findOne();
  }

  public void used(
      Handle handle,
      String payerId,
      Passkey passkey,
      FaceVerifier.Assertion.Verified by,
      Instant now) {
    handle
        .createUpdate(
            "UPDATE passkey SET sign_count = :count, backup_state = :backup, last_used_at = :now"
                + " WHERE payer_id = :payer AND credential_id = :id")
        .bind("count", by.signCount())
        .bind("backup", by.backupState())
        .bind("now", now)
        .bind("payer", payerId)
        .bind("id", passkey.credentialId())
        .execute();
  }

  /// False when the payer has it already.
  boolean insert(Handle handle, String payerId, Passkey passkey) {
    return handle
            .createUpdate(
                """
                INSERT INTO passkey (payer_id, credential_id, attested_data, sign_count, backup_eligible,
                  backup_state, transports, created_at)
                VALUES (:payer, :id, :data, :count, :eligible, :backup, :transports, :created)
                ON CONFLICT (payer_id, credential_id) DO NOTHING
                """)
            .bind("payer", payerId)
            .bind("id", passkey.credentialId())
            .bind("data", passkey.attestedData())
            .bind("count", passkey.signCount())
            .bind("eligible", passkey.backupEligible())
            .bind("backup", passkey.backupState())
            .bindArray("transports", String.class, passkey.transports().stream().sorted().toArray())
            .bind("created", passkey.createdAt())
            .execute()
        == 1;
  }

  boolean delete(Handle handle, String payerId, byte[] credentialId) {
    return handle
            .createUpdate("DELETE FROM passkey WHERE payer_id = :payer AND credential_id = :id")
            .bind("payer", payerId)
            .bind("id", credentialId)
            .execute()
        == 1;
  }

  void openRegistration(
      Handle handle, String payerId, byte[] challenge, Instant expiresAt, int most) {
    handle
        .createUpdate(
            """
            DELETE FROM passkey_registration WHERE payer_id = :payer AND challenge IN (
              SELECT challenge FROM passkey_registration WHERE payer_id = :payer
              ORDER BY expires_at DESC OFFSET :kept)
            """)
        .bind("payer", payerId)
        .bind("kept", most - 1)
        .execute();
    handle
        .createUpdate(
            "INSERT INTO passkey_registration (payer_id, challenge, expires_at)"
                + " VALUES (:payer, :challenge, :until)")
        .bind("payer", payerId)
        .bind("challenge", challenge)
        .bind("until", expiresAt)
        .execute();
  }

  /// Uses up an open registration; false when there is none of this challenge, or too late.
  boolean closeRegistration(Handle handle, String payerId, byte[] challenge, Instant now) {
    return handle
        .createQuery(
            "DELETE FROM passkey_registration WHERE payer_id = :payer AND challenge = :challenge"
                + " RETURNING expires_at")
        .bind("payer", payerId)
        .bind("challenge", challenge)
        .map((row, _) -> row.getObject("expires_at", OffsetDateTime.class).toInstant())
        .findOne()
        .filter(now::isBefore)
        .isPresent();
  }

  private static Passkey passkey(ResultSet row, StatementContext context) throws SQLException {
    Array transports = row.getArray("transports");
    return new Passkey(
        row.getBytes("credential_id"),
        row.getBytes("attested_data"),
        row.getLong("sign_count"),
        row.getBoolean("backup_eligible"),
        row.getBoolean("backup_state"),
        Set.of((String[]) transports.getArray()),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
