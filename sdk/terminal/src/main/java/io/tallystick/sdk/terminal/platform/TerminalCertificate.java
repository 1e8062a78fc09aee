package io.tallystick.sdk.terminal.platform;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A terminal's client certificate and its key, from files that whoever renews it replaces. Who the
 * terminal is stands in the one URI of the certificate, so another certificate with the same URI
 * goes on as the same terminal: orders, halves that wait and the pack stay its own.
 *
 * <p>Safe for several threads.
 */
public final class TerminalCertificate {
  private static final int URI_NAME = 6;
  private static final byte[] PROBE =
      "tallystick/certificate-and-key".getBytes(StandardCharsets.US_ASCII);

  private final Path certificateFile;
  private final Path keyFile;
  private final AdvancedTlsX509KeyManager keyManager = new AdvancedTlsX509KeyManager();
  private volatile X509Certificate leaf;

  private TerminalCertificate(Path certificateFile, Path keyFile, Pair pair) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.leaf = pair.leaf();
    use(pair);
  }

  private record Pair(X509Certificate[] chain, PrivateKey key) {
    X509Certificate leaf() {
      return chain[0];
    }
  }

  static TerminalCertificate open(Path certificateFile, Path keyFile) throws IOException {
    return new TerminalCertificate(certificateFile, keyFile, read(certificateFile, keyFile));
  }

  /** When it ends; the platform refuses connections made with it after that. */
  public Instant expiresAt() {
    return leaf.getNotAfter().toInstant();
  }

  /**
   * When to have it renewed: after two thirds of its life, so that a terminal that is offline for a
   * while, or an authority that is, leaves a third to try again in.
   */
  public Instant renewAfter() {
    Instant begin = leaf.getNotBefore().toInstant();
    return begin.plus(Duration.between(begin, expiresAt()).multipliedBy(2).dividedBy(3));
  }

  public boolean isRenewalDue(Instant now) {
    return !now.isBefore(renewAfter());
  }

  X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  synchronized void reload() throws IOException {
    Pair pair = read(certificateFile, keyFile);
    if (!uris(pair.leaf()).equals(uris(leaf))) {
      throw new IOException(certificateFile + " is another terminal's: " + uris(pair.leaf()));
    }
    use(pair);
    leaf = pair.leaf();
  }

  private void use(Pair pair) {
    keyManager.updateIdentityCredentials(pair.chain(), pair.key());
  }

  private static Pair read(Path certificateFile, Path keyFile) throws IOException {
    try (InputStream certificates = Files.newInputStream(certificateFile);
        InputStream key = Files.newInputStream(keyFile)) {
      Pair pair =
          new Pair(
              CertificateUtils.getX509Certificates(certificates),
              CertificateUtils.getPrivateKey(key));
      pair.leaf().checkValidity();
      if (!belongTogether(pair.leaf().getPublicKey(), pair.key())) {
        throw new IOException(keyFile + " is not the key of " + certificateFile);
      }
      return pair;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          certificateFile + " and " + keyFile + " can't be used: " + unusable.getMessage(),
          unusable);
    }
  }

  private static boolean belongTogether(PublicKey certified, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    Signature signer = Signature.getInstance(algorithm);
    try {
      signer.initSign(key);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certified);
      verifier.update(PROBE);
      return verifier.verify(signature);
    } catch (InvalidKeyException otherKind) {
      return false;
    }
  }

  private static List<String> uris(X509Certificate certificate) throws IOException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(URI_NAME))
              .map(name -> name.get(1).toString())
              .sorted()
              .toList();
    } catch (CertificateParsingException malformed) {
      throw new IOException("names of the certificate can't be read", malformed);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TerminalCertificate[until " + expiresAt() + "]";
  }
}
