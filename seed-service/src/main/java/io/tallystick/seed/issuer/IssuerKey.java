package io.tallystick.seed.issuer;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An issuer key made here, without its private half.
///
/// @param certificate the root's word on it, once installed
/// @param expiresAt when the certificate ends
public record IssuerKey(
    UUID id,
    Sm2PublicKey publicKey,
    Optional<IssuerCertificate> certificate,
    Optional<Instant> expiresAt) {
  public IssuerKey {
    requireNonNull(id, "id is null");
    requireNonNull(publicKey, "publicKey is null");
    requireNonNull(certificate, "certificate is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }
}
