package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the chain root → issuer certificate → authorisation, an ordered list of guards. It may
 * remember, within a bound, which signatures it has found good; dates and acceptance are checked
 * every time. Safe for use by several threads.
 */
public final class AuthorisationVerifier {
  /** Enough for every issuer certificate in use. */
  private static final int CERTIFICATES_REMEMBERED = 64;

  private final Sm2PublicKey root;
  private final Optional<Set<Digest>> acceptedIssuers;
  private final VerifiedDigests certificates;
  private final VerifiedDigests authorisations;

  private AuthorisationVerifier(
      Sm2PublicKey root, Optional<Set<Digest>> acceptedIssuers, int authorisationsRemembered) {
    this.root = requireNonNull(root, "root is null");
    this.acceptedIssuers = acceptedIssuers;
    this.certificates =
        new VerifiedDigests(authorisationsRemembered == 0 ? 0 : CERTIFICATES_REMEMBERED);
    this.authorisations = new VerifiedDigests(authorisationsRemembered);
  }

  /** Trusts this root, accepts every issuer it certifies and remembers nothing. */
  public static AuthorisationVerifier trusting(Sm2PublicKey root) {
    return new AuthorisationVerifier(root, Optional.empty(), 0);
  }

  /** The same, accepting only these issuer certificates. */
  public AuthorisationVerifier accepting(Collection<IssuerCertificate> issuers) {
    Set<Digest> digests =
        issuers.stream().map(IssuerCertificate::digest).collect(Collectors.toUnmodifiableSet());
    return new AuthorisationVerifier(root, Optional.of(digests), authorisations.capacity());
  }

  /** The same, remembering up to this many authorisations whose signatures were good. */
  public AuthorisationVerifier remembering(int authorisationCount) {
    return new AuthorisationVerifier(root, acceptedIssuers, authorisationCount);
  }

  /** The root that is trusted. */
  public Sm2PublicKey root() {
    return root;
  }

  /** Whether the authorisation is good at this moment. */
  public AuthorisationStatus verify(DeviceAuthorisation authorisation, Instant at) {
    AuthorisationStatus issuer = verifyIssuer(authorisation.issuer(), at);
    if (issuer != AuthorisationStatus.GOOD) {
      return issuer;
    }
    AuthorisationStatus terms = verifyTerms(authorisation);
    if (terms != AuthorisationStatus.GOOD) {
      return terms;
    }
    return at.isBefore(authorisation.terms().expiresAt())
        ? AuthorisationStatus.GOOD
        : AuthorisationStatus.AUTHORISATION_EXPIRED;
  }

  /** The guards that concern the certificate alone. */
  public AuthorisationStatus verifyIssuer(IssuerCertificate issuer, Instant at) {
    if (!isCertified(issuer)) {
      return AuthorisationStatus.ROOT_SIGNATURE;
    }
    if (acceptedIssuers.isPresent() && !acceptedIssuers.get().contains(issuer.digest())) {
      return AuthorisationStatus.ISSUER_NOT_ACCEPTED;
    }
    return issuer.isExpired(at) ? AuthorisationStatus.ISSUER_EXPIRED : AuthorisationStatus.GOOD;
  }

  /** The guards that hold at any time: for evidence, which does not expire. */
  public AuthorisationStatus verifySignatures(DeviceAuthorisation authorisation) {
    return isCertified(authorisation.issuer())
        ? verifyTerms(authorisation)
        : AuthorisationStatus.ROOT_SIGNATURE;
  }

  private AuthorisationStatus verifyTerms(DeviceAuthorisation authorisation) {
    if (!authorisation.terms().issuerNumber().equals(authorisation.issuer().issuerNumber())) {
      return AuthorisationStatus.ISSUER_NUMBER_MISMATCH;
    }
    return authorisations.verifyOnce(authorisation::digest, authorisation::isSignedByIssuer)
        ? AuthorisationStatus.GOOD
        : AuthorisationStatus.AUTHORISATION_SIGNATURE;
  }

  private boolean isCertified(IssuerCertificate issuer) {
    return certificates.verifyOnce(issuer::digest, () -> issuer.isSignedBy(root));
  }
}
