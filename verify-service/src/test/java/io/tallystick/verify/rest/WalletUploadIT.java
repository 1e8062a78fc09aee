package io.tallystick.verify.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.verify.testing.TapUpload;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.Taps.Tap;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import io.tallystick.verify.testing.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `POST /v1/taps` as README.md describes it.
@QuarkusTest
class WalletUploadIT extends VerifyIT {
  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  private Instant now;

  @BeforeEach
  void takeTheTime() {
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void acceptsTheWalletsHalfWithAndWithoutAReceipt() {
    Tap first = Taps.tap(wallet, terminal, 1, 100, now);
    Tap second = Taps.tap(wallet, terminal, 2, 200, now);

    Response response =
        upload(wallet.payerId(), first.walletHalf(), second.walletHalfWithoutReceipt());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(results(response))
        .containsExactly(
            Map.of(
                "sequence",
                0,
                "accepted",
                Map.of("paymentId", first.paymentId(), "duplicate", false)),
            Map.of(
                "sequence",
                1,
                "accepted",
                Map.of("paymentId", second.paymentId(), "duplicate", false)));
    assertThat(outbox.received(wallet.payerId()))
        .hasSize(2)
        .allMatch(event -> event.getSide() == TapSide.TAP_SIDE_WALLET);
    assertThat(results(upload(wallet.payerId(), first.walletHalf())).getFirst())
        .containsEntry("accepted", Map.of("paymentId", first.paymentId(), "duplicate", true));
    assertThat(outbox.received(wallet.payerId())).hasSize(2);
  }

  @Test
  void takesBothSidesInEitherOrder() throws Exception {
    Tap walletFirst = Taps.tap(wallet, terminal, 1, 100, now);
    Tap terminalFirst = Taps.tap(wallet, terminal, 2, 100, now);

    upload(wallet.payerId(), walletFirst.walletHalf());
    SubmitTapsResponse second = TapUpload.of(terminal, walletFirst.terminalHalf());
    TapUpload.of(terminal, terminalFirst.terminalHalf());
    Response last = upload(wallet.payerId(), terminalFirst.walletHalf());

    assertThat(second.getAccepted().getDuplicate()).isFalse();
    assertThat(last.jsonPath().getBoolean("results[0].accepted.duplicate")).isFalse();
    List<TapReceived> events = outbox.received(wallet.payerId());
    assertThat(events).hasSize(4);
    assertThat(events.stream().map(TapReceived::getTokenDigest).distinct()).hasSize(2);
  }

  @Test
  void refusesHalvesOfSomebodyElsesDevice() {
    Wallet other = newWallet();
    byte[] half = Taps.tap(other, terminal, 1, 100, now).walletHalf();

    Response response = upload(wallet.payerId(), half);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.jsonPath().getString("results[0].refused.reason"))
        .isEqualTo("not_your_device");
    assertThat(outbox.received(other.payerId())).isEmpty();
  }

  @Test
  void refusesTheTerminalsHalf() {
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).terminalHalf();

    assertThat(upload(wallet.payerId(), half).jsonPath().getString("results[0].refused.reason"))
        .isEqualTo("wrong_side");
  }

  @Test
  void tellsOfAConflictLikeTheStream() throws Exception {
    TestTerminal other = terminals.register();
    Tap first = Taps.tap(wallet, terminal, 1, 100, now);
    Tap second = Taps.tap(wallet, other, 1, 200, now);
    TapUpload.of(terminal, first.terminalHalf());

    Response response = upload(wallet.payerId(), second.walletHalfWithoutReceipt());

    assertThat(response.jsonPath().getString("results[0].conflict.serial"))
        .isEqualTo(first.token().serial().toString());
    assertThat(response.jsonPath().getString("results[0].conflict.evidenceId")).isNotBlank();
    assertThat(outbox.conflicts(wallet.payerId())).hasSize(1);
  }

  @Test
  void takesARevokedWalletsWordOnlyBesideATapThatStands() throws Exception {
    Tap witnessed = Taps.tap(wallet, terminal, 1, 100, now);
    Tap alone = Taps.tap(wallet, terminal, 2, 100, now);
    TapUpload.of(terminal, witnessed.terminalHalf());
    seed.revoke(wallet, now.plusSeconds(1));
    clock.advance(Duration.ofMinutes(1));
    // What is remembered of the device is gone after a second.
    Response last;
    long counter = 3;
    long began = System.nanoTime();
    do {
      Tap next = Taps.tap(wallet, terminal, counter++, 100, now);
      last = upload(wallet.payerId(), next.walletHalfWithoutReceipt());
    } while (last.jsonPath().get("results[0].refused") == null
        && System.nanoTime() - began < 5_000_000_000L);

    Response response =
        upload(
            wallet.payerId(),
            witnessed.walletHalfWithoutReceipt(),
            alone.walletHalfWithoutReceipt());

    assertThat(response.jsonPath().getString("results[0].accepted.paymentId"))
        .isEqualTo(witnessed.paymentId());
    assertThat(response.jsonPath().getString("results[1].refused.reason"))
        .isEqualTo("device_revoked");
  }

  @Test
  void takesAHundredHalvesAndNotOneMore() {
    byte[][] halves = new byte[100][];
    for (int i = 0; i < 100; i++) {
      halves[i] = Taps.tap(wallet, terminal, i + 1, 10, now).walletHalf();
    }
    byte[][] tooMany = new byte[101][];
    Arrays.fill(tooMany, halves[0]);

    assertThat(upload(wallet.payerId(), halves).jsonPath().getList("results")).hasSize(100);
    assertThat(outbox.received(wallet.payerId())).hasSize(100);
    assertProblem(upload(wallet.payerId(), tooMany), 400, "VALIDATION_FAILED");
  }

  @Test
  void refusesCallsThatBreakTheRules() {
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).walletHalf();

    assertProblem(
        call(wallet.payerId())
            .body(
                Map.of(
                    "halves",
                    List.of(
                        Map.of("sequence", 1, "half", half), Map.of("sequence", 1, "half", half))))
            .post("/v1/taps"),
        400,
        "SEQUENCE_REPEATED");
    assertProblem(
        call(wallet.payerId()).body("{\"halves\": []}").post("/v1/taps"), 400, "VALIDATION_FAILED");
    assertProblem(call(wallet.payerId()).body("{").post("/v1/taps"), 400, "JSON_MALFORMED");
    assertThat(anonymous().body("{\"halves\": []}").post("/v1/taps").statusCode()).isEqualTo(401);
    assertThat(outbox.received(wallet.payerId())).isEmpty();
  }

  @Test
  void asksToTryAgainWhenSeedServiceIsAway() {
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).walletHalf();
    seed.away(true);

    assertThat(upload(wallet.payerId(), half).statusCode()).isEqualTo(503);
    assertThat(outbox.received(wallet.payerId())).isEmpty();
  }

  private Response upload(String payerId, byte[]... halves) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (int i = 0; i < halves.length; i++) {
      Map<String, Object> half = new LinkedHashMap<>();
      half.put("sequence", i);
      half.put("half", Base64.getEncoder().encodeToString(halves[i]));
      list.add(half);
    }
    return call(payerId).body(Map.of("halves", list)).post("/v1/taps");
  }

  private RequestSpecification call(String payerId) {
    return anonymous().header("Authorization", "Bearer " + platform.oidc().payerToken(payerId));
  }

  private RequestSpecification anonymous() {
    return given()
        .trustStore(platform.ca().trustStoreFile().toFile(), DevCa.TRUST_STORE_PASSWORD)
        .baseUri("https://localhost:" + httpPort)
        .contentType(ContentType.JSON);
  }

  private static List<Map<String, Object>> results(Response response) {
    return response.jsonPath().getList("results");
  }

  private static void assertProblem(Response response, int status, String reason) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.jsonPath().getString("reason")).isEqualTo(reason);
  }
}
