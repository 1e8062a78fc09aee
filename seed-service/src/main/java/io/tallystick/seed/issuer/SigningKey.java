package io.tallystick.seed.issuer;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import java.time.Instant;
import java.util.UUID;

/// The issuer key in force: its certificate and its private half, for one signature.
///
/// @param expiresAt when the certificate ends, and with it the authorisations it signed
public record SigningKey(
    UUID id, IssuerCertificate certificate, Sm2PrivateKey key, Instant expiresAt) {
  public SigningKey {
    requireNonNull(id, "id is null");
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }
}
