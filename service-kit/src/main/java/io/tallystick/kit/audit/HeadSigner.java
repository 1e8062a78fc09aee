package io.tallystick.kit.audit;

import io.tallystick.kit.grpc.TlsConfig;
import io.tallystick.kit.identity.CallerIdentity;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CertificateIdentity;
import io.tallystick.kit.service.ThisService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import org.jboss.logging.Logger;

/// Signs heads with the key that this service proves itself with, and checks such signatures. The
/// files are read each time: they are replaced while the service runs, and heads are rare.
@Singleton
class HeadSigner {
  private static final Logger LOG = Logger.getLogger(HeadSigner.class);

  private final TlsConfig config;
  private final CallerIdentity self;

  @Inject
  HeadSigner(TlsConfig config, ThisService service) {
    this(config, service.name());
  }

  HeadSigner(TlsConfig config, String service) {
    this.config = config;
    this.self = new ServiceIdentity(service);
  }

  /// @throws IllegalStateException when the service's certificate and key can't be used, or are not
  ///   of one another because they are being replaced: such a head would never be genuine
  SignedHead sign(String log, long sequence, byte[] digest, Instant now) {
    try {
      X509Certificate certificate = certificates(config.certificate()).iterator().next();
      PrivateKey key = privateKey(certificate.getPublicKey().getAlgorithm());
      Signature signature = Signature.getInstance(algorithm(certificate.getPublicKey()));
      signature.initSign(key);
      signature.update(SignedHead.statement(log, sequence, digest, now));
      SignedHead head =
          new SignedHead(log, sequence, digest, now, certificate.getEncoded(), signature.sign());
      if (!isSigned(head, certificate)) {
        throw new IllegalStateException("the service's certificate is not of its key");
      }
      return head;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the service's own key can't sign", e);
    }
  }

  /// Whether the head was signed with a key that the platform's authority gave this service. That
  /// the certificate has ended since says nothing: it signed while it was good.
  boolean genuine(SignedHead head) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(head.certificate()));
      certificate.checkValidity(java.util.Date.from(head.signedAt()));
      return issued(certificate)
          && CertificateIdentity.of(certificate).filter(self::equals).isPresent()
          && isSigned(head, certificate);
    } catch (GeneralSecurityException | IOException e) {
      LOG.debugf("head %d of %s is not genuine: %s", head.sequence(), head.log(), e.getMessage());
      return false;
    }
  }

  private static boolean isSigned(SignedHead head, X509Certificate certificate)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(certificate.getPublicKey()));
    signature.initVerify(certificate.getPublicKey());
    signature.update(head.statement());
    return signature.verify(head.signature());
  }

  private boolean issued(X509Certificate certificate) throws GeneralSecurityException, IOException {
    for (X509Certificate authority : certificates(config.ca())) {
      try {
        certificate.verify(authority.getPublicKey());
        return true;
      } catch (GeneralSecurityException e) {
        LOG.debugf("not of %s: %s", authority.getSubjectX500Principal(), e.getMessage());
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked")
  private static Collection<X509Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      return (Collection<X509Certificate>) all;
    }
  }

  private PrivateKey privateKey(String algorithm) throws GeneralSecurityException, IOException {
    String pem = Files.readString(config.key(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}
