package io.tallystick.kit.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of the gRPC server.
@ConfigMapping(prefix = "tallystick.grpc")
public interface GrpcConfig {
  /// Port of the gRPC server.
  @WithDefault("9443")
  int port();

  /// Most unary calls executed at the same time; one more is UNAVAILABLE.
  @WithDefault("1024")
  int concurrentCalls();

  /// Longest time a stopping service waits for calls in flight.
  @WithDefault("PT10S")
  Duration stopWait();

  /// Most calls at the same time on one connection.
  @WithDefault("1024")
  int callsPerConnection();

  /// After this long a connection is closed politely, so that load spreads over new replicas.
  @WithDefault("PT30M")
  Duration connectionAge();
}
