package io.tallystick.seed.issuer;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.issuer.postgres.PostgresIssuerKeyStore;
import io.tallystick.seed.issuer.postgres.PostgresIssuerKeyStore.Stored;
import io.tallystick.seed.sealing.RowIdentity;
import io.tallystick.seed.sealing.Vault;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Makes issuer keys, takes the root's certificates for them, and gives the one in force for
/// signing. The store is asked every time, so that a certificate installed at one replica is in
/// force at all.
@Singleton
public class IssuerKeys {
  private final Database database;
  private final PostgresIssuerKeyStore store;
  private final PostgresAuditTrail audit;
  private final Vault vault;
  private final TrustAnchor anchor;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  IssuerKeys(
      Database database,
      PostgresIssuerKeyStore store,
      PostgresAuditTrail audit,
      Vault vault,
      TrustAnchor anchor,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.audit = audit;
    this.vault = vault;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// Makes a key; under an idempotency key that was used before, gives the one made then.
  public IssuerKey create(String idempotencyKey, String actor) {
    return database.inTransaction(handle -> {
      Optional<IssuerKey> before = store.findByIdempotencyKey(handle, idempotencyKey);
      return before.isPresent() ? before.get() : make(handle, idempotencyKey, actor);
    });
  }

  private IssuerKey make(Handle handle, String idempotencyKey, String actor) {
    Sm2PrivateKey privateKey = Sm2PrivateKey.generate(random);
    UUID id = UUID.randomUUID();
    IssuerKey key = new IssuerKey(id, privateKey.publicKey(), Optional.empty(), Optional.empty());
    byte[] secret = privateKey.toBytes();
    boolean added =
        store.insert(handle, key, idempotencyKey, vault.seal(secret, row(id)), clock.instant());
    Arrays.fill(secret, (byte) 0);
    privateKey.destroy();
    if (!added) {
      return store.findByIdempotencyKey(handle, idempotencyKey).orElseThrow();
    }
    audit.append(
        handle,
        SecurityEvent.ofPlatform(SecurityEventKind.ISSUER_KEY_CREATED, actor)
            .with("issuerKeyId", id.toString())
            .with("publicKey", key.publicKey().toString()));
    return key;
  }

  /// Installs the root's certificate; the key signs from now on. A key is certified once, because
  /// authorisations carry its certificate: one that says the same again changes nothing, another
  /// one is refused.
  ///
  /// @throws io.tallystick.kit.error.ApiException `UNKNOWN_ISSUER_KEY`, `ISSUER_KEY_CERTIFIED`,
  ///   `CERTIFICATE_MALFORMED` or `CERTIFICATE_` and the verdict
  public void install(UUID id, byte[] encoded, String actor) {
    IssuerCertificate certificate = parse(encoded);
    Instant now = clock.instant();
    database.useTransaction(handle -> {
      IssuerKey key =
          store
              .lock(handle, id)
              .orElseThrow(() -> ApiErrors.notFound("UNKNOWN_ISSUER_KEY", "no such issuer key"));
      if (key.certificate().isPresent()) {
        requireSame(key.certificate().get(), certificate);
        return;
      }
      CertificateVerdict verdict =
          CertificateVerdict.of(certificate, key.publicKey(), anchor.root(), now);
      if (verdict != CertificateVerdict.GOOD) {
        throw ApiErrors.invalidArgument("CERTIFICATE_" + verdict.name(), verdict.explanation());
      }
      store.install(handle, id, certificate, end(certificate, now), now);
      audit.append(
          handle,
          SecurityEvent.ofPlatform(SecurityEventKind.ISSUER_CERTIFICATE_INSTALLED, actor)
              .with("issuerKeyId", id.toString())
              .with("certificateDigest", certificate.digest().toString()));
    });
  }

  /// The key in force.
  ///
  /// @throws io.tallystick.kit.error.ApiException `NO_ISSUER_KEY` when there is none
  public SigningKey signing(Handle handle) {
    return store.certified(handle, clock.instant()).stream()
        .findFirst()
        .map(this::open)
        .orElseThrow(
            () -> ApiErrors.unavailable("NO_ISSUER_KEY", "no issuer certificate is installed"));
  }

  /// As [#signing(Handle)] in a transaction of its own.
  public SigningKey signing() {
    return database.read(this::signing);
  }

  /// Certified keys that have not expired, the one in force first.
  public List<IssuerKey> trusted() {
    return database.read(
        handle -> store.certified(handle, clock.instant()).stream().map(Stored::key).toList());
  }

  private static void requireSame(IssuerCertificate installed, IssuerCertificate offered) {
    boolean same =
        installed.key().equals(offered.key())
            && installed.issuerNumber().equals(offered.issuerNumber())
            && installed.expiry().equals(offered.expiry())
            && installed.serial() == offered.serial();
    if (!same) {
      throw ApiErrors.failedPrecondition(
          "ISSUER_KEY_CERTIFIED", "the key has another certificate; make a new key instead");
    }
  }

  private SigningKey open(Stored stored) {
    byte[] secret = vault.open(stored.sealed(), row(stored.key().id()));
    SigningKey key =
        new SigningKey(
            stored.key().id(),
            stored.key().certificate().orElseThrow(),
            Sm2PrivateKey.fromBytes(secret),
            stored.key().expiresAt().orElseThrow());
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  private IssuerCertificate parse(byte[] encoded) {
    try {
      return IssuerCertificate.parse(encoded, anchor.profile());
    } catch (MalformedException refused) {
      throw ApiErrors.invalidArgument("CERTIFICATE_MALFORMED", refused.getMessage());
    }
  }

  private Instant end(IssuerCertificate certificate, Instant now) {
    return certificate.expiry().endsAt(now, anchor.profile().epoch().zone());
  }

  /// Which row a private key is sealed for.
  public static RowIdentity row(UUID id) {
    return RowIdentity.of("issuer_key.private_key", id.toString());
  }
}
