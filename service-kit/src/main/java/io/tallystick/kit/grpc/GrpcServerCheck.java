package io.tallystick.kit.grpc;

import io.grpc.BindableService;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// A service whose gRPC server could not start would go on without it, and only say so in its log.
/// It is made to fail its start, and is ready only while the server takes connections.
@Readiness
@Singleton
class GrpcServerCheck implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(GrpcServerCheck.class);
  private static final int START = 4_900;
  private static final int CONNECT_MILLIS = 1_000;
  private static final int TRIES = 20;
  private static final long PAUSE_MILLIS = 250;

  private final String host;
  private final GrpcConfig config;
  private final boolean serves;

  @Inject
  GrpcServerCheck(
      @ConfigProperty(name = "quarkus.grpc.server.host") String host,
      GrpcConfig config,
      @Any Instance<BindableService> services) {
    this.host = host;
    this.config = config;
    this.serves =
        services
            .handlesStream()
            .anyMatch(service ->
                service.getBean().getQualifiers().stream().anyMatch(GrpcService.class::isInstance));
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("grpc server").status(!serves || connects()).build();
  }

  void start(@Observes @Priority(START) StartupEvent event) throws InterruptedException {
    for (int tried = 1; serves && !connects(); tried++) {
      if (tried == TRIES) {
        throw new IllegalStateException("the gRPC server did not start on port " + config.port());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private boolean connects() {
    try (Socket socket = new Socket()) {
      InetAddress address = InetAddress.getByName(host);
      InetAddress reachable =
          address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      socket.connect(new InetSocketAddress(reachable, config.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      LOG.debugf("the gRPC server takes no connection: %s", e.getMessage());
      return false;
    }
  }
}
