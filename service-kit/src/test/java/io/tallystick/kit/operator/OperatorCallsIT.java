package io.tallystick.kit.operator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.kit.audit.AuditLog;
import io.tallystick.kit.database.Database;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Who asked for what is written down before it is done.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class OperatorCallsIT {
  private static final String ASSESS = "tallystick.risk.v1.RiskService/Assess";

  TestPlatform platform;

  @Inject Database database;
  @Inject OperatorCalls calls;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  private final String id = UUID.randomUUID().toString();

  @Test
  void writesDownWhatAnOperatorAsksForOverGrpc() throws Exception {
    assess(platform.ca().operator("ann"), id);

    assertThat(about(id))
        .containsExactly(
            new OperatorCall(
                "spiffe://tallystick.io/operator/ann", ASSESS, "payment_id: \"" + id + "\""));
  }

  @Test
  void writesDownWhatFailsToo() {
    assertThatThrownBy(() -> assess(platform.ca().operator("ann"), "domain-error", id))
        .hasMessageContaining("the payment is closed");

    assertThat(about(id)).hasSize(1);
  }

  @Test
  void othersAndThoseWhoMayNotCallAreNotInTheTrail() throws Exception {
    assess(platform.ca().service("verify"), id);
    assess(platform.ca().terminal("m1", "t1"), id);
    assertThatThrownBy(() -> assess(platform.ca().terminal("m2", "t1"), id))
        .hasMessageContaining("PERMISSION_DENIED");

    assertThat(about(id)).isEmpty();
  }

  @Test
  void aLongRequestIsCut() throws Exception {
    assess(platform.ca().operator("ann"), id + "😀".repeat(5_000));

    assertThat(about(id))
        .singleElement()
        .satisfies(call -> assertThat(call.request()).endsWith("…"));
  }

  @Test
  void nothingIsDoneThatCannotBeWrittenDown() {
    database.useTransaction(handle -> handle.execute("alter table operator_call rename to away"));
    try {
      assertThatThrownBy(() -> assess(platform.ca().operator("ann"), id))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));
      assertThat(post(platform.oidc().roleToken("ada", "operator"))).isEqualTo(500);
      assertThat(post(platform.oidc().payerToken("payer-9"))).isEqualTo(200);
    } finally {
      database.useTransaction(handle -> handle.execute("alter table away rename to operator_call"));
    }
  }

  @Test
  void writesDownWhatPeopleWithRolesChangeOverRest() {
    String ada = "ada-" + id;
    assertThat(post(platform.oidc().roleToken(ada, "operator"))).isEqualTo(200);
    get("/v1/things/trace", platform.oidc().roleToken(ada, "operator"));
    post(platform.oidc().payerToken(ada + "-payer"));
    post(platform.oidc().merchantToken("m-9"));

    assertThat(by(ada)).containsExactly(new OperatorCall(ada, "POST /v1/things", ""));
    assertThat(by(ada + "-payer")).isEmpty();
  }

  @Test
  void whatTheRolesRefuseIsNotInTheTrail() {
    String ada = "ada-" + id;
    given()
        .baseUri("https://localhost:" + httpPort)
        .trustStore(platform.ca().trustStoreFile().toFile(), DevCa.TRUST_STORE_PASSWORD)
        .auth()
        .oauth2(platform.oidc().roleToken(ada, "auditor"))
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/dead-letters/" + UUID.randomUUID() + "/replays")
        .then()
        .statusCode(403);

    assertThat(by(ada)).isEmpty();
  }

  @Test
  void theTrailIsAppendOnlyAndUnderTheAuditChain() throws Exception {
    assess(platform.ca().operator("ann"), id);

    for (String change :
        List.of("update operator_call set caller = 'x'", "delete from operator_call")) {
      assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute(change)))
          .hasMessageContaining("append-only");
    }
    assertThat(calls.logs()).extracting(AuditLog::name).containsExactly("operator_call");
  }

  private void assess(DevCa.Credentials credentials, String paymentId) throws Exception {
    assess(credentials, paymentId, "");
  }

  private void assess(DevCa.Credentials credentials, String paymentId, String payerId)
      throws Exception {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "localhost:" + grpcPort,
                TlsChannelCredentials.newBuilder()
                    .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                    .trustManager(platform.ca().certificateFile().toFile())
                    .build())
            .build();
    try {
      RiskServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .assess(AssessRequest.newBuilder().setPaymentId(paymentId).setPayerId(payerId).build());
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private int post(String token) {
    return given()
        .baseUri("https://localhost:" + httpPort)
        .trustStore(platform.ca().trustStoreFile().toFile(), DevCa.TRUST_STORE_PASSWORD)
        .auth()
        .oauth2(token)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType(ContentType.JSON)
        .body("{\"name\":\"n\",\"amountMinor\":5}")
        .post("/v1/things")
        .statusCode();
  }

  private void get(String path, String token) {
    given()
        .baseUri("https://localhost:" + httpPort)
        .trustStore(platform.ca().trustStoreFile().toFile(), DevCa.TRUST_STORE_PASSWORD)
        .auth()
        .oauth2(token)
        .get(path)
        .then()
        .statusCode(200);
  }

  private List<OperatorCall> about(String text) {
    return select("strpos(request, :text) > 0", text);
  }

  private List<OperatorCall> by(String caller) {
    return select("caller = :text", caller);
  }

  private List<OperatorCall> select(String condition, String text) {
    return database.read(handle ->
        handle
            .createQuery(
                "select caller, call, request from operator_call where "
                    + condition
                    + " order by written_id")
            .bind("text", text)
            .map((row, _) ->
                new OperatorCall(
                    row.getString("caller"), row.getString("call"), row.getString("request")))
            .list());
  }
}
