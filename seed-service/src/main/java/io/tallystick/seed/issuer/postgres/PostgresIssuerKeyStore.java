package io.tallystick.seed.issuer.postgres;

import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.seed.issuer.IssuerKey;
import io.tallystick.seed.issuer.TrustAnchor;
import io.tallystick.seed.sealing.Sealed;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Issuer keys in table `issuer_key`.
@Singleton
public class PostgresIssuerKeyStore {
  private static final String COLUMNS =
      "issuer_key_id, public_key, certificate, certificate_expires_at, sealed";

  private final TrustAnchor anchor;

  PostgresIssuerKeyStore(TrustAnchor anchor) {
    this.anchor = anchor;
  }

  /// A key with its sealed private half.
  public record Stored(IssuerKey key, byte[] sealed) {}

  /// Adds the key unless one was made under the idempotency key; says whether it was added.
  public boolean insert(
      Handle handle, IssuerKey key, String idempotencyKey, Sealed sealed, Instant now) {
    return handle
            .createUpdate(
                """
                insert into issuer_key
                  (issuer_key_id, idempotency_key, public_key, sealed, key_version, created_at)
                values (:id, :key, :publicKey, :sealed, :version, :now)
                on conflict (idempotency_key) do nothing
                """)
            .bind("id", key.id())
            .bind("key", idempotencyKey)
            .bind("publicKey", key.publicKey().compressed())
            .bind("sealed", sealed.bytes())
            .bind("version", sealed.keyVersion())
            .bind("now", now)
            .execute()
        == 1;
  }

  public Optional<IssuerKey> findByIdempotencyKey(Handle handle, String idempotencyKey) {
    return handle
        .createQuery("select " + COLUMNS + " from issuer_key where idempotency_key = :key")
        .bind("key", idempotencyKey)
        .map((row, _) -> read(row).key())
        .findOne();
  }

  public Optional<IssuerKey> lock(Handle handle, UUID id) {
    return handle
        .createQuery("select " + COLUMNS + " from issuer_key where issuer_key_id = :id for update")
        .bind("id", id)
        .map((row, _) -> read(row).key())
        .findOne();
  }

  public void install(
      Handle handle, UUID id, IssuerCertificate certificate, Instant expiresAt, Instant now) {
    handle
        .createUpdate(
            """
            update issuer_key
            set certificate = :certificate, certificate_expires_at = :expiresAt, installed_at = :now
            where issuer_key_id = :id
            """)
        .bind("certificate", certificate.encode())
        .bind("expiresAt", expiresAt)
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  /// Certified keys that have not expired, the one installed last first. At most 100.
  public List<Stored> certified(Handle handle, Instant now) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                 from issuer_key
                where certificate is not null and certificate_expires_at > :now
                order by installed_at desc, issuer_key_id desc limit 100
                """)
        .bind("now", now)
        .map((row, _) -> read(row))
        .list();
  }

  private Stored read(ResultSet row) throws SQLException {
    byte[] certificate = row.getBytes("certificate");
    Timestamp expiresAt = row.getTimestamp("certificate_expires_at");
    IssuerKey key =
        new IssuerKey(
            row.getObject("issuer_key_id", UUID.class),
            Sm2PublicKey.fromCompressed(row.getBytes("public_key")),
            Optional.ofNullable(certificate)
                .map(bytes -> IssuerCertificate.parse(bytes, anchor.profile())),
            Optional.ofNullable(expiresAt).map(Timestamp::toInstant));
    return new Stored(key, row.getBytes("sealed"));
  }
}
