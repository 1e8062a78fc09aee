package io.tallystick.kit.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Reads the identity out of a certificate whose chain was verified already.
public final class CertificateIdentity {
  private static final int URI_NAME = 6;

  private CertificateIdentity() {}

  /// The identity of the holder; empty unless there is exactly one URI name and it is of a known
  /// form (the X.509-SVID rule).
  public static Optional<CallerIdentity> of(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
    if (names == null) {
      return Optional.empty();
    }
    List<String> uris =
        names.stream()
            .filter(name -> name.get(0).equals(URI_NAME))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
    return uris.size() == 1 ? CallerIdentity.parse(uris.getFirst()) : Optional.empty();
  }
}
