package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Context;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.api.risk.v1.RiskServiceGrpc.RiskServiceBlockingStub;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.kit.trace.TraceContext;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class PeerClientIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Inject PeerChannels channels;

  @Test
  void callsAsThisService() {
    assertThat(call(client("risk"), Retry.NEVER, "p", "once").getDecisionId())
        .isEqualTo("spiffe://tallystick.io/service/risk");
  }

  @Test
  void handsTheTraceOn() throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String seen =
        TraceContext.in(Context.ROOT, trace)
            .call(() -> call(client("risk"), Retry.NEVER, "trace", "trace").getDecisionId());
    assertThat(seen).isEqualTo(trace);
  }

  @Test
  void sendsIdempotentCallsAgainWhenThePeerIsUnavailable() {
    AssessResponse response =
        call(client("risk"), Retry.IF_UNAVAILABLE, "unavailable-twice", "idempotent");
    assertThat(response.getDecisionId()).isEqualTo("attempt 3");
  }

  @Test
  void sendsOtherCallsOnce() {
    assertThat(failure(client("risk"), Retry.NEVER, "unavailable-twice", "other").code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(RiskEndpoint.ATTEMPTS).containsEntry("other", 1);
  }

  @Test
  void endsSendingAgainAtALimit() {
    failure(client("risk"), Retry.IF_UNAVAILABLE, "unavailable", "bounded");
    assertThat(RiskEndpoint.ATTEMPTS).containsEntry("bounded", 3);
  }

  @Test
  void answersOfTheDomainKeepReasonAndFacts() {
    ApiException error = failure(client("risk"), Retry.IF_UNAVAILABLE, "domain-error", "domain");
    assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("NOT_OPEN");
    assertThat(error.metadata()).containsEntry("state", "closed");
    assertThat(RiskEndpoint.ATTEMPTS).containsEntry("domain", 1);
  }

  @Test
  void givesUpAtTheDeadline() {
    long start = System.nanoTime();
    assertThatThrownBy(() ->
            client("risk")
                .call(
                    Retry.IF_UNAVAILABLE,
                    Duration.ofMillis(300),
                    stub -> stub.assess(request("never", "slow"))))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void stopsCallingAPeerThatKeepsFailingAndTriesItAgainLater() {
    PeerClient<RiskServiceBlockingStub> client = client("risk");
    for (int i = 0; i < 40; i++) {
      failure(client, Retry.NEVER, "unavailable", "broken");
    }
    assertThat(RiskEndpoint.ATTEMPTS.get("broken")).isLessThan(40);
    assertThat(failure(client, Retry.NEVER, "p", "broken").code()).isEqualTo(ErrorCode.UNAVAILABLE);
    Eventually.isTrue(() -> {
      try {
        return !call(client, Retry.NEVER, "p", "mended").getDecisionId().isEmpty();
      } catch (ApiException e) {
        return false;
      }
    });
  }

  @Test
  void refusesAPeerThatIsAnotherService() {
    assertThat(failure(client("clearing"), Retry.NEVER, "p", "posing").code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(RiskEndpoint.ATTEMPTS).doesNotContainKey("posing");
  }

  @Test
  void reportsAPeerThatIsNotThere() {
    ApiException error = failure(client("seed"), Retry.IF_UNAVAILABLE, "p", "away");
    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(error.metadata()).containsEntry("peer", "seed");
  }

  @Test
  void wantsAnAddress() {
    assertThatThrownBy(() -> client("notify")).hasMessageContaining("tallystick.peers.notify");
  }

  /// A client of its own for each test: its circuit breaker has seen nothing.
  private PeerClient<RiskServiceBlockingStub> client(String peer) {
    return channels.client(peer, RiskServiceGrpc::newBlockingStub);
  }

  private static ApiException failure(
      PeerClient<RiskServiceBlockingStub> client, Retry retry, String how, String payer) {
    return catchThrowableOfType(ApiException.class, () -> call(client, retry, how, payer));
  }

  private static AssessResponse call(
      PeerClient<RiskServiceBlockingStub> client, Retry retry, String how, String payer) {
    return client.call(retry, TIMEOUT, stub -> stub.assess(request(how, payer)));
  }

  private static AssessRequest request(String how, String payer) {
    return AssessRequest.newBuilder().setPaymentId(how).setPayerId(payer).build();
  }
}
