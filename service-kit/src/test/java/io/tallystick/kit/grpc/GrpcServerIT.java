package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc.LedgerAdminServiceBlockingStub;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.api.risk.v1.RiskServiceGrpc.RiskServiceBlockingStub;
import io.tallystick.kit.Eventually;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
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

  @ConfigProperty(name = "tallystick.http.port")
  int restPort;

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

  @Test
  void presentsACertificateThatWasReplacedWhileItRuns() throws Exception {
    ManagedChannel before = (ManagedChannel) channel(platform.ca().operator("ann"));
    stub(before).assess(request("p"));
    BigInteger replaced = serialAt(port);
    assertThat(serialAt(restPort)).isEqualTo(replaced);
    platform.ca().service("risk");
    // Nobody who connects meanwhile is turned away, at either port.
    Eventually.isTrue(
        () -> !serialAt(port).equals(replaced) & !serialAt(restPort).equals(replaced));
    assertThat(serialAt(restPort)).isEqualTo(serialAt(port));
    assertThat(assess(platform.ca().service("verify"), "p").getDecisionId())
        .endsWith("/service/verify");
    assertThat(stub(before).assess(request("p")).getDecisionId())
        .as("a connection of before goes on")
        .endsWith("/ann");
  }

  private BigInteger serialAt(int at) {
    try {
      SSLContext trusting = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("ca", platform.ca().certificate());
      trust.init(store);
      trusting.init(null, trust.getTrustManagers(), null);
      try (SSLSocket socket =
          (SSLSocket) trusting.getSocketFactory().createSocket("localhost", at)) {
        socket.startHandshake();
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void passesTheTraceOn() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Metadata headers = new Metadata();
    headers.put(CallGate.TRACEPARENT, trace);
    AssessResponse response =
        stub(platform.ca().service("verify"))
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .assess(request("trace"));
    assertThat(response.getDecisionId()).isEqualTo(trace);
  }

  @Test
  void policyDecidesByIdentity() {
    assertThat(assess(platform.ca().operator("ann"), "p").getDecisionId()).endsWith("/ann");
    for (DevCa.Credentials stranger :
        List.of(platform.ca().service("notify"), platform.ca().terminal("m2", "t1"))) {
      StatusRuntimeException refused = failure(stranger, "p");
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(info(refused).getReason()).isEqualTo("NOT_ALLOWED");
    }
  }

  @Test
  void methodWithoutAnEntryIsRefusedToEverybody() {
    for (DevCa.Credentials caller :
        List.of(
            platform.ca().operator("ann"),
            platform.ca().service("verify"),
            platform.ca().service("notify"),
            platform.ca().terminal("m1", "t1"))) {
      LedgerAdminServiceBlockingStub admin =
          LedgerAdminServiceGrpc.newBlockingStub(channel(caller))
              .withDeadlineAfter(10, TimeUnit.SECONDS);
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> admin.checkLedger(CheckLedgerRequest.getDefaultInstance()));
      assertThat(refused.getStatus().getCode())
          .as(caller.uri())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(info(refused).getReason()).isEqualTo("NOT_ALLOWED");
    }
  }

  @Test
  void certificateWithoutAKnownNameIsNoIdentity() {
    for (String uri : List.of("", "spiffe://tallystick.io/admin/x", "https://example.org/x")) {
      StatusRuntimeException refused = failure(platform.ca().client("nobody", uri), "p");
      assertThat(refused.getStatus().getCode()).as(uri).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(info(refused).getDomain()).isEqualTo("tallystick.io");
    }
  }

  @Test
  void connectionWithoutACertificateOfOurAuthorityIsRefused() throws IOException {
    DevCa foreign = DevCa.open(platform.folder().resolve("foreign-ca"));
    assertThat(failure(foreign.service("verify"), "p").getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    ChannelCredentials none =
        TlsChannelCredentials.newBuilder()
            .trustManager(platform.ca().certificateFile().toFile())
            .build();
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> stub(channel(none)).assess(request("p")));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void healthAndReflectionAnswerEveryIdentity() {
    Channel channel = channel(platform.ca().terminal("m2", "t1"));
    HealthCheckResponse health =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance());
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  @Test
  void errorsOfTheDomainCarryReasonAndFacts() {
    StatusRuntimeException error = failure(platform.ca().service("verify"), "domain-error");
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(error.getStatus().getDescription()).isEqualTo("the payment is closed");
    assertThat(info(error).getReason()).isEqualTo("NOT_OPEN");
    assertThat(info(error).getMetadataMap()).containsEntry("state", "closed");
  }

  @Test
  void faultsLeaveAsInternalWithAReferenceAndNothingElse() {
    for (String how : List.of("fault", "throws-at-once", "raw-status")) {
      StatusRuntimeException error = failure(platform.ca().service("verify"), how);
      assertThat(error.getStatus().getCode()).as(how).isEqualTo(Status.Code.INTERNAL);
      assertThat(info(error).getMetadataMap()).as(how).containsKey("reference");
      assertThat(error.toString() + error.getTrailers())
          .as(how)
          .doesNotContain(RiskEndpoint.SECRET);
    }
  }

  @Test
  void statusOfSomebodyElseKeepsItsCodeAndLosesItsText() {
    StatusRuntimeException error = failure(platform.ca().service("verify"), "raw-unavailable");
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(info(error).getReason()).isEqualTo("TRANSPORT");
    assertThat(error.toString()).doesNotContain(RiskEndpoint.SECRET);
  }

  @Test
  void messageTooLargeIsRefused() {
    StatusRuntimeException error =
        failure(platform.ca().service("verify"), "x".repeat(2 * 1024 * 1024));
    assertThat(error.getStatus().getCode())
        .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
  }

  private AssessResponse assess(DevCa.Credentials credentials, String paymentId) {
    return stub(credentials).assess(request(paymentId));
  }

  private StatusRuntimeException failure(DevCa.Credentials credentials, String paymentId) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> assess(credentials, paymentId));
  }

  private static AssessRequest request(String paymentId) {
    return AssessRequest.newBuilder().setPaymentId(paymentId).build();
  }

  private static ErrorInfo info(StatusRuntimeException error) {
    try {
      return StatusProto.fromThrowable(error).getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private RiskServiceBlockingStub stub(DevCa.Credentials credentials) {
    return stub(channel(credentials));
  }

  private static RiskServiceBlockingStub stub(Channel channel) {
    return RiskServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  private Channel channel(DevCa.Credentials credentials) {
    try {
      return channel(
          TlsChannelCredentials.newBuilder()
              .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
              .trustManager(platform.ca().certificateFile().toFile())
              .build());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Channel channel(ChannelCredentials tls) {
    ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, tls).build();
    channels.add(channel);
    return channel;
  }
}
