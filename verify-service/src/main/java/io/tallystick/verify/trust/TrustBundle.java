package io.tallystick.verify.trust;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.tap.TapTokenVerifier;
import java.util.List;

/// What the platform trusts at one moment.
///
/// @param issuers in use, the signing one first
/// @param authorisations trusts the root, accepts these issuers, remembers what it verified
/// @param denyList signed by one of the issuers
public record TrustBundle(
    Sm2PublicKey root,
    List<IssuerCertificate> issuers,
    AuthorisationVerifier authorisations,
    DenyList denyList) {
  public TrustBundle {
    requireNonNull(root, "root is null");
    issuers = List.copyOf(issuers);
    requireNonNull(authorisations, "authorisations is null");
    requireNonNull(denyList, "denyList is null");
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("issuers is empty");
    }
  }

  /// Checks tokens against this trust.
  public TapTokenVerifier tokens() {
    return new TapTokenVerifier(authorisations);
  }
}
