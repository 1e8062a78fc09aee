package io.tallystick.seed.issuer;

import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import java.time.Instant;

/// Whether a certificate may be installed: ordered guards, the first that fails decides.
public enum CertificateVerdict {
  GOOD("the certificate is good"),
  ROOT_SIGNATURE("the certificate is not signed by the configured root"),
  KEY_MISMATCH("the certificate is for another key"),
  EXPIRED("the certificate has expired");

  private final String explanation;

  CertificateVerdict(String explanation) {
    this.explanation = explanation;
  }

  public String explanation() {
    return explanation;
  }

  static CertificateVerdict of(
      IssuerCertificate certificate, Sm2PublicKey made, Sm2PublicKey root, Instant now) {
    if (!certificate.isSignedBy(root)) {
      return ROOT_SIGNATURE;
    }
    if (!certificate.key().equals(made)) {
      return KEY_MISMATCH;
    }
    return certificate.isExpired(now) ? EXPIRED : GOOD;
  }
}
