package io.tallystick.verify.tap.postgres;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.verify.tap.Evidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Statements on `tap_evidence`, inside the caller's transaction.
public final class PostgresEvidence {
  private static final String KEEP =
      """
      INSERT INTO tap_evidence (evidence_id, serial, second_body_digest, device_id, payer_id, proof,
                                detected_at)
      VALUES (:id, :serial, :body, :device, :payer, :proof, :now)
      ON CONFLICT (serial, second_body_digest) DO NOTHING
      """;

  private static final String FIND =
      "SELECT * FROM tap_evidence WHERE serial = :serial AND second_body_digest = :body";

  /// Ids are UUIDv7, so their order is that of time.
  private static final String LIST =
      """
      SELECT * FROM tap_evidence
       WHERE (CAST(:device AS text) IS NULL OR device_id = :device)
         AND (CAST(:before AS uuid) IS NULL OR evidence_id < :before)
       ORDER BY evidence_id DESC LIMIT :most
      """;

  private PostgresEvidence() {}

  /// Stores evidence unless this second body is known already; true if it was stored.
  static boolean keep(Handle handle, Evidence evidence, Digest secondBody) {
    return handle
            .createUpdate(KEEP)
            .bind("id", evidence.id())
            .bind("serial", evidence.serial())
            .bind("body", secondBody.bytes())
            .bind("device", evidence.deviceId())
            .bind("payer", evidence.payerId())
            .bind("proof", evidence.proof())
            .bind("now", evidence.detectedAt())
            .execute()
        == 1;
  }

  static Evidence find(Handle handle, String serial, Digest secondBody) {
    return handle
        .createQuery(FIND)
        .bind("serial", serial)
        .bind("body", secondBody.bytes())
        .map(PostgresEvidence::map)
        .one();
  }

  /// Evidence, newest first.
  ///
  /// @param deviceId only this device's, when given
  /// @param before only older than this one, when given
  public static List<Evidence> list(
      Handle handle, @Nullable String deviceId, @Nullable UUID before, int most) {
    return handle
        .createQuery(LIST)
        .bind("device", deviceId)
        .bind("before", before)
        .bind("most", most)
        .map(PostgresEvidence::map)
        .list();
  }

  private static Evidence map(ResultSet row, StatementContext context) throws SQLException {
    return new Evidence(
        row.getObject("evidence_id", UUID.class),
        row.getString("serial"),
        row.getString("device_id"),
        row.getString("payer_id"),
        row.getObject("detected_at", OffsetDateTime.class).toInstant(),
        row.getBytes("proof"));
  }
}
