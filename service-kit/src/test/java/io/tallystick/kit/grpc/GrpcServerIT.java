package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.api.risk.v1.RiskServiceGrpc.RiskServiceBlockingStub;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class GrpcServerIT {
  TestPlatform platform;

  @ConfigProperty(name = "tallystick.grpc.port")
  int port;

  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void closeChannels() throws InterruptedException {
    for (ManagedChannel channel : channels) {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void tellsTheHandlerWhoCalls() {
    assertThat(assess(platform.ca().service("verify"), "p").getDecisionId())
        .isEqualTo("spiffe://tallystick.io/service/verify");
    assertThat(assess(platform.ca().terminal("m1", "t1"), "p").getDecisionId())
        .isEqualTo("spiffe://tallystick.io/terminal/m1/t1");
  }

  @Test
  void runsHandlersOnVirtualThreads() {
    assertThat(assess(platform.ca().service("verify"), "thread").getDecisionId())
        .isEqualTo("virtual");
  }

  private AssessResponse assess(DevCa.Credentials credentials, String paymentId) {
    return stub(credentials).assess(AssessRequest.newBuilder().setPaymentId(paymentId).build());
  }

  private RiskServiceBlockingStub stub(DevCa.Credentials credentials) {
    try {
      ChannelCredentials tls =
          TlsChannelCredentials.newBuilder()
              .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
              .trustManager(platform.ca().certificateFile().toFile())
              .build();
      ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, tls).build();
      channels.add(channel);
      return RiskServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
