package io.tallystick.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.sandbox.base.TestPlatform;
import io.tallystick.sandbox.base.access.GrpcAccess;
import io.tallystick.sandbox.base.access.RestAccess;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// `docs/security/authorisation.md` holds for this service.
@QuarkusTest
@RiskPlatform
class AuthorisationIT {
  TestPlatform platform;

  @Inject @Any Instance<BindableService> handlers;
  @Inject BeanManager beans;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  @Test
  void everyGrpcMethodIsForWhomTheDocumentSays() {
    assertThat(new GrpcAccess(platform, "risk", grpcPort).faults(handlers)).isEmpty();
  }

  @Test
  void everyRestRouteIsForWhomTheDocumentSays() {
    Map<String, String> bodies = Map.of();

    assertThat(new RestAccess(platform, "risk", httpPort).faults(beans, bodies)).isEmpty();
  }
}
