package io.tallystick.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.sandbox.base.TallystickTestResource;
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
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
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
    assertThat(new GrpcAccess(platform, "clearing", grpcPort).faults(handlers)).isEmpty();
  }

  @Test
  void everyRestRouteIsForWhomTheDocumentSays() {
    Map<String, String> bodies =
        Map.of(
            "POST /v1/reviews/{paymentId}/decisions",
            "{\"decision\":\"release\",\"explanation\":\"why\"}");

    assertThat(new RestAccess(platform, "clearing", httpPort).faults(beans, bodies)).isEmpty();
  }
}
