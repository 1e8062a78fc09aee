package io.tallystick.risk.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.database.Database;
import io.tallystick.risk.RiskPlatform;
import io.tallystick.risk.stream.TapEvents;
import io.tallystick.risk.stream.TokensHandler;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RiskPlatform
class DecisionResourceIT {
  TestPlatform platform;

  @ConfigProperty(name = "tallystick.http.port")
  int port;

  @Inject Database database;
  @Inject TokensHandler tokens;

  private final TapEvents payer = new TapEvents();

  private RequestSpecification as(@Nullable String token) {
    RequestSpecification request =
        RestAssured.given()
            .baseUri("https://localhost:" + port)
            .trustStore(platform.ca().trustStoreFile().toString(), DevCa.TRUST_STORE_PASSWORD);
    return token == null ? request : request.auth().oauth2(token);
  }

  private RequestSpecification officer() {
    return as(platform.oidc().roleToken("rita", "risk-officer"));
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

  @Test
  void explainsADecision() {
    List<String> ids = decideTaps(3);

    officer()
        .get("/v1/decisions/" + ids.get(2))
        .then()
        .statusCode(200)
        .body("decision.outcome", equalTo("freeze"))
        .body("decision.rules", contains("frequency"))
        .body("decision.thresholdsVersion", startsWith("shipped-1+"))
        .body("findings.find { it.rule == 'frequency' }.paymentIds", equalTo(ids))
        .body(
            "findings.find { it.rule == 'frequency' }.explanation",
            startsWith("Rule frequency: 3 taps within 10 s"))
        .body("findings.find { it.rule == 'frequency' }.inputs.madeTapsIn10Seconds", equalTo("3"))
        .body(
            "findings.find { it.rule == 'frequency' }.thresholds.mostTapsIn10Seconds", equalTo("2"))
        .body("findings", hasSize(12))
        .body("observation.paymentId", equalTo(ids.get(2)))
        .body("history.nearby.paymentId", contains(ids.get(0), ids.get(1)))
        .body("thresholds.rules.frequency.windows[0].most_payments", equalTo(2));
  }

  @Test
  void listsAPayersDecisionsInPagesNewestFirst() {
    List<String> ids = decideTaps(5);
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request =
          officer().queryParam("payer", payer.payerId).queryParam("limit", 2);
      var page =
          (cursor == null ? request : request.queryParam("cursor", cursor))
              .get("/v1/decisions")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      List<String> items = page.getList("items.paymentId");
      assertThat(items).hasSizeBetween(1, 2);
      seen.addAll(items);
      cursor = page.getString("nextCursor");
    } while (cursor != null);

    assertThat(seen).containsExactlyElementsOf(ids.reversed());
  }

  @Test
  void listsBetweenTwoTimes() {
    decideTaps(2);

    officer()
        .queryParam("payer", payer.payerId)
        .queryParam("from", "2020-01-01T00:00:00Z")
        .queryParam("to", "2020-02-01T00:00:00Z")
        .get("/v1/decisions")
        .then()
        .statusCode(200)
        .body("items", hasSize(0));
  }

  @Test
  void isForRiskOfficersAndAuditorsOnly() {
    String id = decideTaps(1).getFirst();

    as(platform.oidc().roleToken("ada", "auditor"))
        .get("/v1/decisions/" + id)
        .then()
        .statusCode(200);
    for (String path : List.of("/v1/decisions/" + id, "/v1/decisions?payer=" + payer.payerId)) {
      as(null).get(path).then().statusCode(401);
      as(platform.oidc().payerToken(payer.payerId)).get(path).then().statusCode(403);
      as(platform.oidc().merchantToken("shop")).get(path).then().statusCode(403);
      as(platform.oidc().roleToken("olga", "operator")).get(path).then().statusCode(403);
    }
  }

  @Test
  void answersProblems() {
    officer()
        .get("/v1/decisions/pay_none")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", equalTo("DECISION_UNKNOWN"));
    officer().get("/v1/decisions").then().statusCode(400).body("reason", equalTo("PAYER_MISSING"));
    officer()
        .queryParam("payer", "p")
        .queryParam("from", "yesterday")
        .get("/v1/decisions")
        .then()
        .statusCode(400)
        .body("reason", equalTo("TIME_MALFORMED"));
    for (String cursor : List.of("%%%", "bm9uc2Vuc2U")) {
      officer()
          .queryParam("payer", "p")
          .queryParam("cursor", cursor)
          .get("/v1/decisions")
          .then()
          .statusCode(400)
          .body("reason", equalTo("CURSOR_MALFORMED"));
    }
  }
}
