package io.tallystick.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.BindableService;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import io.tallystick.sandbox.base.access.GrpcAccess;
import io.tallystick.sandbox.base.access.RestAccess;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// `docs/security/authorisation.md` holds for this service.
@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class AuthorisationIT {
  TestPlatform platform;

  @Inject @Any Instance<BindableService> handlers;
  @Inject BeanManager beans;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  @Test
  void servesNoGrpc() {
    assertThat(GrpcAccess.handlers(handlers)).isEmpty();
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  private void connect() throws IOException {
    try (Socket _ = new Socket("localhost", grpcPort)) {
      throw new AssertionError("somebody listens");
    }
  }

  @Test
  void everyRestRouteIsForWhomTheDocumentSays() {
    Map<String, String> bodies =
        Map.of(
            "PUT /v1/merchants/{merchantId}/webhook",
            "{\"url\":\"no-url\",\"rotateSecret\":false}",
            "POST /v1/challenges/{challengeId}/sms-answers",
            "{\"code\":\"123456\"}",
            "POST /v1/challenges/{challengeId}/face-verdicts",
            "{\"verdict\":\"none\"}");

    assertThat(new RestAccess(platform, "notify", httpPort).faults(beans, bodies)).isEmpty();
  }
}
