package io.tallystick.kit.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/// Bounds of the gRPC server that Quarkus has no property for.
@Singleton
class ServerLimits implements ServerBuilderCustomizer<VertxServerBuilder> {
  private final GrpcConfig config;

  @Inject
  ServerLimits(GrpcConfig config) {
    this.config = config;
  }

  @Override
  public void customize(GrpcServerConfiguration server, VertxServerBuilder builder) {
    NettyServerBuilder netty = builder.nettyBuilder();
    netty.maxConcurrentCallsPerConnection(config.callsPerConnection());
    netty.maxConnectionAge(config.connectionAge().toMillis(), TimeUnit.MILLISECONDS);
    netty.maxConnectionAgeGrace(config.stopWait().toMillis(), TimeUnit.MILLISECONDS);
  }
}
