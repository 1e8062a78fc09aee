package io.tallystick.risk.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.database.Database;
import io.tallystick.risk.RiskPlatform;
import io.tallystick.risk.stream.TapEvents;
import io.tallystick.risk.stream.TokensHandler;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RiskPlatform
class ReplayResourceIT {
  private static final String FOUR_TAPS =
      "version: loose\nrules: {frequency: {windows: [{seconds: 10, of: tap, most_payments: 4}]}}";

  TestPlatform platform;

  @ConfigProperty(name = "tallystick.http.port")
  int port;

  @Inject Database database;
  @Inject TokensHandler tokens;

  private final TapEvents payer = new TapEvents();
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Test
  void comesOutAsStoredFindingByFinding() {
    decideTaps(5);
    replay(Map.of())
        .statusCode(200)
        .body("decisions", equalTo(5))
        .body("reproduced", equalTo(5))
        .body("differences", empty());
  }

  @Test
  void tellsWhatOthersWouldHaveDecided() {
    List<String> ids = decideTaps(5);
    replay(Map.of("thresholds", FOUR_TAPS))
        .statusCode(200)
        .body("otherVersion", startsWith("loose+"))
        .body("reproduced", equalTo(5))
        // Two of five pass the shipped window, four the other.
        .body("differences.decision.paymentId", contains(ids.get(2), ids.get(3)))
        .body("differences.otherOutcome", contains("clear", "clear"))
        .body("differences[0].decision.rules", contains("frequency"))
        .body("differences[0].historyTooShort", equalTo(false))
        .body(
            "moves.find { it.outcome == 'freeze' && it.otherOutcome == 'clear' }.decisions",
            equalTo(2))
        .body(
            "moves.find { it.outcome == 'clear' && it.otherOutcome == 'clear' }.decisions",
            equalTo(2))
        .body(
            "moves.find { it.outcome == 'freeze' && it.otherOutcome == 'freeze' }.decisions",
            equalTo(1));
  }

  @Test
  void saysWhenTheOthersLookFartherBackThanWhatWasKept() {
    decideTaps(1);
    replay(
            Map.of(
                "thresholds",
                "rules: {frequency: {windows: [{seconds: 604800, of: any, most_payments: 1}]},"
                    + " late_half: {max_amount_minor: 0}, new_device: {max_amount_minor: 0}}"))
        .statusCode(200)
        .body("differences.historyTooShort", contains(true));
  }

  @Test
  void goesOnPageByPage() {
    decideTaps(5);
    List<Integer> sizes = new ArrayList<>();
    String cursor = null;
    do {
      Map<String, Object> request = new HashMap<>(Map.of("limit", 2));
      if (cursor != null) {
        request.put("cursor", cursor);
      }
      var page = replay(request).statusCode(200).extract().jsonPath();
      sizes.add(page.getInt("decisions"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    assertThat(sizes).containsExactly(2, 2, 1);
  }

  @Test
  void refusesThresholdsAsTheServiceWould() {
    replay(Map.of("thresholds", "rules: {speed: {max_km_per_hour: 0}}"))
        .statusCode(400)
        .body("reason", equalTo("THRESHOLDS_REFUSED"))
        .body("detail", containsString("rules.speed.max_km_per_hour"));
  }

  @Test
  void showsTheThresholdsInForce() {
    as(platform.oidc().roleToken("ada", "auditor"))
        .get("/v1/thresholds")
        .then()
        .statusCode(200)
        .body("version", startsWith("shipped-1+"))
        .body("thresholds.rules.frequency.windows[0].most_payments", equalTo(2));
  }

  @Test
  void isForRiskOfficersOnly() {
    for (String token :
        List.of(
            platform.oidc().roleToken("olga", "operator"),
            platform.oidc().payerToken("p"),
            platform.oidc().merchantToken("shop"))) {
      as(token)
          .contentType(ContentType.JSON)
          .body(Map.of())
          .post("/v1/replays")
          .then()
          .statusCode(403);
      as(token).get("/v1/thresholds").then().statusCode(403);
    }
    as(null)
        .contentType(ContentType.JSON)
        .body(Map.of())
        .post("/v1/replays")
        .then()
        .statusCode(401);
  }

  private ValidatableResponse replay(Map<String, Object> request) {
    Map<String, Object> body = new HashMap<>(request);
    body.put("from", begin.toString());
    return as(platform.oidc().roleToken("rita", "risk-officer"))
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/replays")
        .then();
  }

  private RequestSpecification as(@Nullable String token) {
    RequestSpecification request =
        RestAssured.given()
            .baseUri("https://localhost:" + port)
            .trustStore(platform.ca().trustStoreFile().toString(), DevCa.TRUST_STORE_PASSWORD);
    return token == null ? request : request.auth().oauth2(token);
  }

  private List<String> decideTaps(int count) {
    List<String> paymentIds = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      TapReceived tap = payer.tap(i, i).build();
      database.useTransaction(handle -> tokens.handle(handle, payer.event(tap)));
      paymentIds.add(tap.getPaymentId());
    }
    return paymentIds;
  }
}
