package io.tallystick.sandbox.base;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority for development, kept in one folder.
///
/// Keys are P-256. It writes PEM files, and one PKCS12 trust store for clients that take no PEM.
/// Every certificate names its holder by exactly one URI in the subject alternative name
/// (`spiffe://tallystick.io/…`). A service's certificate is its server certificate for localhost
/// and its client certificate towards other services.
///
/// Opening the folder again gives the same authority, and asking again for a holder gives a fresh
/// certificate under the same file name.
public final class DevCa {
  /// The trust store holds public certificates only; the format demands a password all the same.
  public static final String TRUST_STORE_PASSWORD = "tallystick";

  private static final Duration CA_VALIDITY = Duration.ofDays(3650);
  private static final Duration LEAF_VALIDITY = Duration.ofDays(397);

  private final Path folder;
  private final Clock clock;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private DevCa(Path folder, Clock clock, X509Certificate certificate, PrivateKey key) {
    this.folder = folder;
    this.clock = clock;
    this.certificate = certificate;
    this.key = key;
  }

  /// Files of one holder.
  ///
  /// @param certificate PEM, the holder's certificate
  /// @param key PEM, PKCS#8, readable by the owner only
  /// @param uri the identity, as in the subject alternative name
  public record Credentials(Path certificate, Path key, String uri) {
    public Credentials {
      requireNonNull(certificate, "certificate is null");
      requireNonNull(key, "key is null");
      requireNonNull(uri, "uri is null");
    }

    /// For a server that shows this certificate and asks for none.
    public SSLContext serverContext() {
      try {
        char[] password = "only in memory".toCharArray();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        Certificate[] chain = {PemFiles.readCertificate(certificate)};
        store.setKeyEntry("own", PemFiles.readKey(key), password, chain);
        KeyManagerFactory own =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException("no server can be " + uri, e);
      }
    }
  }

  /// Opens the authority in `folder`, making it when the folder has none.
  public static DevCa open(Path folder) {
    return open(folder, Clock.systemUTC());
  }

  public static DevCa open(Path folder, Clock clock) {
    try {
      Files.createDirectories(folder);
      Path certificateFile = folder.resolve("ca.pem");
      Path keyFile = folder.resolve("ca.key");
      if (Files.exists(certificateFile) && Files.exists(keyFile)) {
        return new DevCa(
            folder, clock, PemFiles.readCertificate(certificateFile), PemFiles.readKey(keyFile));
      }
      KeyPair pair = Certificates.newKeyPair();
      X509Certificate certificate =
          Certificates.selfSigned("Tallystick development CA", pair, clock.instant(), CA_VALIDITY);
      PemFiles.writeKey(keyFile, pair.getPrivate());
      PemFiles.writeTrustStore(folder.resolve("ca.p12"), TRUST_STORE_PASSWORD, certificate);
      PemFiles.writeCertificate(certificateFile, certificate);
      return new DevCa(folder, clock, certificate, pair.getPrivate());
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate authority in " + folder, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificate authority in " + folder, e);
    }
  }

  /// The authority's own certificate, PEM.
  public Path certificateFile() {
    return folder.resolve("ca.pem");
  }

  /// PKCS12, opened with [#TRUST_STORE_PASSWORD].
  public Path trustStoreFile() {
    return folder.resolve("ca.p12");
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /// A service's certificate: server for localhost, 127.0.0.1 to .4 and ::1, client elsewhere.
  public Credentials service(String name) {
    return issue("service-" + name, "spiffe://tallystick.io/service/" + name, true);
  }

  /// A terminal's client certificate.
  public Credentials terminal(String merchantId, String terminalId) {
    return issue(
        "terminal-" + merchantId + "-" + terminalId,
        "spiffe://tallystick.io/terminal/" + merchantId + "/" + terminalId,
        false);
  }

  /// An operator's client certificate.
  public Credentials operator(String name) {
    return issue("operator-" + name, "spiffe://tallystick.io/operator/" + name, false);
  }

  /// A client certificate with any URI, or none: what a test of refusals needs.
  public Credentials client(String fileName, String uri) {
    return issue(fileName, uri, false);
  }

  private Credentials issue(String fileName, String uri, boolean server) {
    if (!fileName.matches("[A-Za-z0-9._-]{1,128}")) {
      throw new IllegalArgumentException("name has other than letters, digits, . _ -: " + fileName);
    }
    Path certificateFile = folder.resolve(fileName + ".pem");
    Path keyFile = folder.resolve(fileName + ".key");
    try {
      KeyPair pair = Certificates.newKeyPair();
      X509Certificate leaf =
          Certificates.leaf(
              new Certificates.Leaf(fileName, uri, server, clock.instant(), LEAF_VALIDITY),
              pair,
              certificate,
              key);
      PemFiles.writeKey(keyFile, pair.getPrivate());
      PemFiles.writeCertificates(certificateFile, List.of(leaf));
      return new Credentials(certificateFile, keyFile, uri);
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate for " + uri, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificate for " + uri, e);
    }
  }
}
