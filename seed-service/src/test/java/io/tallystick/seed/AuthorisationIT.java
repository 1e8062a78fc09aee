package io.tallystick.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.sandbox.base.access.GrpcAccess;
import io.tallystick.sandbox.base.access.RestAccess;
import io.tallystick.seed.harness.SeedIT;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// `docs/security/authorisation.md` holds for this service.
@QuarkusTest
class AuthorisationIT extends SeedIT {
  @Inject @Any Instance<BindableService> handlers;
  @Inject BeanManager beans;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  @Test
  void everyGrpcMethodIsForWhomTheDocumentSays() {
    assertThat(new GrpcAccess(platform, "seed", grpcPort).faults(handlers)).isEmpty();
  }

  @Test
  void everyRestRouteIsForWhomTheDocumentSays() {
    String bytes = "\"" + "A".repeat(43) + "=\"";
    Map<String, String> bodies =
        Map.of(
            "PUT /v1/payment-password",
            "{\"newPassword\":\"1\"}",
            "POST /v1/devices",
            "{\"name\":\"n\",\"devicePublicKey\":%1$s,\"challenge\":%1$s,\"proofOfPossession\":%1$s,\"paymentPassword\":\"1\"}"
                .formatted(bytes),
            "DELETE /v1/devices/{deviceId}",
            "{\"paymentPassword\":\"1\"}",
            "POST /v1/devices/{deviceId}/renewals",
            "{\"paymentPassword\":\"1\",\"signedAt\":1,\"signature\":%s}".formatted(bytes),
            "POST /v1/online-codes",
            "{\"deviceId\":\"00000000000000ff\",\"signedAt\":1,\"signature\":%s}".formatted(bytes));

    assertThat(new RestAccess(platform, "seed", httpPort).faults(beans, bodies)).isEmpty();
  }
}
