package io.tallystick.sandbox.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Reads and writes PEM (RFC 7468) and PKCS12 files. Files are replaced whole, never half written.
final class PemFiles {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemFiles() {}

  static void writeCertificate(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    writeCertificates(file, List.of(certificate));
  }

  static void writeCertificates(Path file, List<X509Certificate> chain)
      throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    replace(file, text.toString().getBytes(StandardCharsets.US_ASCII), "rw-r--r--");
  }

  static void writeKey(Path file, PrivateKey key) throws IOException {
    String text = pem("PRIVATE KEY", key.getEncoded());
    replace(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
  }

  static void writeTrustStore(Path file, String password, X509Certificate trusted)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("tallystick-ca", trusted);
    Path part = Files.createTempFile(file.getParent(), "store", ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      store.store(out, password.toCharArray());
    }
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    return readKey(file, "EC");
  }

  static PrivateKey readKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String body =
        Files.readString(file).replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").strip();
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  private static void replace(Path file, byte[] content, String permissions) throws IOException {
    Path part =
        Files.createTempFile(
            file.getParent(),
            "pem",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, content);
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(permissions));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
