package io.tallystick.kit.grpc;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CertificateIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jboss.logging.Logger;

/// This service's key and its trust in peers and callers, read again while it runs: grpc-java would
/// read files at most once a minute, and take a certificate with another's key. What can't be used
/// changes nothing and is told. Towards callers over gRPC and REST and towards peers it is one key.
///
/// Files are parsed only when their bytes have changed, so looking often costs nothing.
@Singleton
class PeerTls implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PeerTls.class);

  private final TlsConfig config;
  private final ScheduledExecutorService reloading =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());
  private final AdvancedTlsX509KeyManager keyManager = new AdvancedTlsX509KeyManager();
  private final List<AdvancedTlsX509TrustManager> trustManagers = new CopyOnWriteArrayList<>();
  private volatile X509Certificate leaf;
  private volatile X509Certificate[] authorities;
  private byte[] seen;
  private boolean usable = true;

  @Inject
  PeerTls(TlsConfig config) {
    this.config = config;
    try {
      seen = digest();
      KeyPairFiles pair = KeyPairFiles.read(config.certificate(), config.key());
      keyManager.updateIdentityCredentials(pair.chain(), pair.key());
      leaf = pair.chain()[0];
      authorities = KeyPairFiles.certificates(config.ca());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "tallystick.tls.certificate, .key or .ca is not usable: "
              + config.certificate()
              + ": "
              + e.getMessage(),
          e);
    }
    Gauge.builder("tallystick.tls.certificate.ends", this, tls -> tls.endsAtSeconds())
        .description("When the certificate in use ends, Unix seconds")
        .register(Metrics.globalRegistry);
    long period = config.reload().toMillis();
    ScheduledFuture<?> _ =
        reloading.scheduleWithFixedDelay(this::reload, period, period, TimeUnit.MILLISECONDS);
  }

  AdvancedTlsX509KeyManager keyManager() {
    return keyManager;
  }

  private double endsAtSeconds() {
    return leaf.getNotAfter().toInstant().getEpochSecond();
  }

  /// Trusts the platform's authority, and only certificates of the service `name`.
  AdvancedTlsX509TrustManager trustManagerFor(String name) {
    return trusting(
        AdvancedTlsX509TrustManager.newBuilder()
            .setVerification(Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION)
            .setSslSocketAndEnginePeerVerifier(new ServiceVerifier(new ServiceIdentity(name))));
  }

  /// Trusts every client that the platform's authority vouches for; what it may do is the policy's.
  AdvancedTlsX509TrustManager trustManagerForClients() {
    return trusting(
        AdvancedTlsX509TrustManager.newBuilder()
            .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION));
  }

  private synchronized AdvancedTlsX509TrustManager trusting(
      AdvancedTlsX509TrustManager.Builder builder) {
    try {
      AdvancedTlsX509TrustManager manager = builder.build();
      manager.updateTrustCredentials(authorities);
      trustManagers.add(manager);
      return manager;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("tallystick.tls.ca is not usable: " + config.ca(), e);
    }
  }

  /// Reads the files once more, if they have changed or could not be used.
  synchronized void reload() {
    try {
      byte[] now = digest();
      if (usable && MessageDigest.isEqual(now, seen)) {
        return;
      }
      takeUpPair();
      takeUpAuthorities();
      seen = now;
      usable = true;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (usable) {
        LOG.errorf("the certificate files can't be used; those of before stay: %s", e.getMessage());
      }
      usable = false;
    }
  }

  private byte[] digest() throws IOException {
    return KeyPairFiles.digest(config.certificate(), config.key(), config.ca());
  }

  private void takeUpPair() throws IOException, GeneralSecurityException {
    KeyPairFiles pair = KeyPairFiles.read(config.certificate(), config.key());
    if (pair.chain()[0].equals(leaf)) {
      return;
    }
    keyManager.updateIdentityCredentials(pair.chain(), pair.key());
    leaf = pair.chain()[0];
    LOG.infof("another certificate is in use, until %s", leaf.getNotAfter().toInstant());
  }

  private void takeUpAuthorities() throws IOException, GeneralSecurityException {
    X509Certificate[] trusted = KeyPairFiles.certificates(config.ca());
    if (Arrays.equals(trusted, authorities)) {
      return;
    }
    for (AdvancedTlsX509TrustManager manager : trustManagers) {
      manager.updateTrustCredentials(trusted);
    }
    authorities = trusted;
    LOG.infof("%d authorities are trusted", trusted.length);
  }

  @Override
  public void close() {
    reloading.shutdownNow();
  }

  private record ServiceVerifier(ServiceIdentity expected)
      implements SslSocketAndEnginePeerVerifier {
    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      verify(chain);
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      verify(chain);
    }

    private void verify(X509Certificate[] chain) throws CertificateException {
      if (!CertificateIdentity.of(chain[0]).filter(expected::equals).isPresent()) {
        throw new CertificateException("the peer is not " + expected.uri());
      }
    }
  }
}
