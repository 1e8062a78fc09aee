package io.tallystick.kit.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.net.ssl.SSLException;

/// mTLS of the gRPC server, with key and trust that are read again while it runs. Quarkus would
/// read its own files once, at the start; so it is told to serve in plain text and given this
/// context, without which the service does not start. A connection without a certificate has no
/// identity, and [CallGate] refuses all it asks.
@Singleton
class ServerTls implements ServerBuilderCustomizer<VertxServerBuilder> {
  private final PeerTls tls;

  @Inject
  ServerTls(PeerTls tls) {
    this.tls = tls;
  }

  @Override
  public void customize(GrpcServerConfiguration server, VertxServerBuilder builder) {
    try {
      SslContextBuilder context =
          SslContextBuilder.forServer(tls.keyManager())
              .trustManager(tls.trustManagerForClients())
              .clientAuth(ClientAuth.REQUIRE)
              .protocols("TLSv1.3", "TLSv1.2");
      builder
          .nettyBuilder()
          .sslContext(GrpcSslContexts.configure(context, SslProvider.JDK).build());
    } catch (SSLException unusable) {
      throw new IllegalStateException("the gRPC server can't serve TLS", unusable);
    }
  }
}
