package io.tallystick.kit.grpc;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/// A certificate chain and its key, read from files that whoever renews them replaces one after the
/// other: between the two they don't belong together, and such a pair is no pair.
///
/// @param chain leaf first
record KeyPairFiles(X509Certificate[] chain, PrivateKey key) {
  private static final byte[] PROBE =
      "tallystick/certificate-and-key".getBytes(StandardCharsets.US_ASCII);

  /// @throws IOException when a file can't be read
  /// @throws GeneralSecurityException when they are malformed, don't belong together or have ended
  static KeyPairFiles read(Path certificateFile, Path keyFile)
      throws IOException, GeneralSecurityException {
    X509Certificate[] chain = certificates(certificateFile);
    try (InputStream in = Files.newInputStream(keyFile)) {
      KeyPairFiles pair = new KeyPairFiles(chain, CertificateUtils.getPrivateKey(in));
      chain[0].checkValidity();
      if (!belongTogether(chain[0].getPublicKey(), pair.key())) {
        throw new InvalidKeyException(keyFile + " is not the key of " + certificateFile);
      }
      return pair;
    }
  }

  /// What tells whether any of the files has changed.
  static byte[] digest(Path... files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        byte[] content = Files.readAllBytes(file);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip());
        digest.update(content);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static X509Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate[] certificates = CertificateUtils.getX509Certificates(in);
      if (certificates.length == 0) {
        throw new GeneralSecurityException(file + " has no certificate");
      }
      return certificates;
    }
  }

  private static boolean belongTogether(PublicKey certified, PrivateKey key)
      throws GeneralSecurityException {
    if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(PROBE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(PROBE);
    return verifier.verify(signature);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "KeyPairFiles[" + chain[0].getSerialNumber() + "]";
  }
}
