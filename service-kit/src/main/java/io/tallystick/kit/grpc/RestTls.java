package io.tallystick.kit.grpc;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The REST port presents the certificate that [PeerTls] has, also after it was replaced.
///
/// Quarkus would read its own files again by the clock: it takes a certificate with another's key,
/// makes an encrypted key store of it each time, which is tens of milliseconds of processor time,
/// and Vert.x refuses whoever connects while it takes that up.
@Singleton
class RestTls implements HttpServerOptionsCustomizer {
  private final PeerTls tls;

  @Inject
  RestTls(PeerTls tls) {
    this.tls = tls;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions server) {
    server.setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()));
  }
}
