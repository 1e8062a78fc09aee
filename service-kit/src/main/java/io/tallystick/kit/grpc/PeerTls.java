package io.tallystick.kit.grpc;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CertificateIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;

/// This service's key and its trust in peers, read again when the files change.
@Singleton
class PeerTls implements AutoCloseable {
  private final TlsConfig config;
  private final ScheduledExecutorService reloading =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());
  private final AdvancedTlsX509KeyManager keyManager;

  @Inject
  PeerTls(TlsConfig config) {
    this.config = config;
    this.keyManager = new AdvancedTlsX509KeyManager();
    try {
      keyManager.updateIdentityCredentials(
          config.certificate().toFile(),
          config.key().toFile(),
          config.reload().toMillis(),
          TimeUnit.MILLISECONDS,
          reloading);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "tallystick.tls.certificate or .key is not usable: " + config.certificate(), e);
    }
  }

  AdvancedTlsX509KeyManager keyManager() {
    return keyManager;
  }

  /// Trusts the platform's authority, and only certificates of the service `name`.
  AdvancedTlsX509TrustManager trustManagerFor(String name) {
    File ca = config.ca().toFile();
    try {
      AdvancedTlsX509TrustManager manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION)
              .setSslSocketAndEnginePeerVerifier(new ServiceVerifier(new ServiceIdentity(name)))
              .build();
      manager.updateTrustCredentials(
          ca, config.reload().toMillis(), TimeUnit.MILLISECONDS, reloading);
      return manager;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("tallystick.tls.ca is not usable: " + ca, e);
    }
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
