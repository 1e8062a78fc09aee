package io.tallystick.kit.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tallystick.kit.trace.TraceContext;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.DevOidc.User;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class RestIT {
  TestPlatform platform;

  @ConfigProperty(name = "tallystick.http.port")
  int port;

  @Test
  void sameKeyHasOneEffect() {
    int before = ThingResource.MADE.get();
    String first =
        make("key-1", "{\"name\":\"n\",\"amountMinor\":5}").statusCode(200).extract().path("id");
    String again =
        make("key-1", "{\"amountMinor\":5,\"name\":\"n\"}").statusCode(200).extract().path("id");
    assertThat(again).isEqualTo(first);
    assertThat(ThingResource.MADE).hasValue(before + 1);
  }

  @Test
  void sameKeyWithAnotherBodyNamesTheDifference() {
    make("key-2", "{\"name\":\"n\",\"amountMinor\":5}").statusCode(200);
    problem(make("key-2", "{\"name\":\"n\",\"amountMinor\":6}"), 422, "IDEMPOTENCY_KEY_REUSED")
        .body("metadata.difference", equalTo("amountMinor"));
  }

  @Test
  void wantsAKeyAndTakesTheQuotedForm() {
    problem(
        request()
            .contentType(ContentType.JSON)
            .body("{\"name\":\"n\",\"amountMinor\":5}")
            .post("/v1/things")
            .then(),
        400,
        "IDEMPOTENCY_KEY_MISSING");
    String plain = make("key-3", "{\"name\":\"n\",\"amountMinor\":5}").extract().path("id");
    String quoted = make("\"key-3\"", "{\"name\":\"n\",\"amountMinor\":5}").extract().path("id");
    assertThat(quoted).isEqualTo(plain);
    problem(
        make("k".repeat(129), "{\"name\":\"n\",\"amountMinor\":5}"),
        400,
        "IDEMPOTENCY_KEY_MALFORMED");
  }

  @Test
  void namesFieldsThatAreNotValid() {
    problem(make("key-4", "{\"name\":\" \",\"amountMinor\":0}"), 400, "VALIDATION_FAILED")
        .body("violations.field", hasItems("thing.name", "thing.amountMinor"));
  }

  @Test
  void saysWhereJsonIsMalformedAndNotWhatItSaid() {
    for (String body :
        List.of(
            "{\"name\":\"the-seed-is-4711\",",
            "{\"name\":\"n\",\"amountMinor\":\"the-seed-is-4711\"}",
            "[\"the-seed-is-4711\"]",
            "the-seed-is-4711")) {
      String answer =
          problem(make("key-5", body), 400, "JSON_MALFORMED").extract().body().asString();
      assertThat(answer).doesNotContain("4711");
    }
  }

  @Test
  void refusesBodiesThatAreTooLarge() {
    String body = "{\"name\":\"" + "n".repeat(5_000) + "\",\"amountMinor\":5}";
    make("key-6", body).statusCode(413);
  }

  @Test
  void httpRefusalsAreProblemsToo() {
    problem(request().get("/v1/nothing").then(), 404, "NO_SUCH_RESOURCE");
    problem(request().delete("/v1/things").then(), 405, "METHOD_NOT_ALLOWED");
    problem(
        request()
            .header(IdempotencyKey.HEADER, "k")
            .contentType("text/plain")
            .body("x")
            .post("/v1/things")
            .then(),
        415,
        "MEDIA_TYPE_UNKNOWN");
  }

  @Test
  void errorsOfTheDomainCarryReasonAndFacts() {
    problem(fail("domain"), 409, "NOT_OPEN")
        .body("type", equalTo("https://tallystick.io/problems/not-open"))
        .body("title", equalTo("FAILED_PRECONDITION"))
        .body("detail", equalTo("the payment is closed"))
        .body("metadata.state", equalTo("closed"));
    problem(fail("busy"), 503, "OVERLOADED").header("Retry-After", notNullValue());
  }

  @Test
  void faultsSayAReferenceAndNothingElse() {
    for (String how : List.of("fault", "io", "error")) {
      String answer =
          problem(fail(how), 500, "INTERNAL")
              .body("metadata.reference", notNullValue())
              .extract()
              .body()
              .asString();
      assertThat(answer).as(how).doesNotContain("4711").doesNotContain("Exception");
    }
  }

  @Test
  void pagesFollowTheirCursor() {
    String cursor =
        request()
            .get("/v1/things?limit=100")
            .then()
            .statusCode(200)
            .body("items.size()", is(100))
            .extract()
            .path("nextCursor");
    request()
        .get("/v1/things?limit=100&cursor=" + cursor)
        .then()
        .statusCode(200)
        .body("items.size()", is(20))
        .body("items", hasItem("thing 100"))
        .body("nextCursor", nullValue());
    request().get("/v1/things").then().body("items.size()", is(PageRequest.DEFAULT_LIMIT));
    problem(request().get("/v1/things?limit=201").then(), 400, "PAGE_MALFORMED");
    problem(request().get("/v1/things?limit=0").then(), 400, "PAGE_MALFORMED");
    problem(request().get("/v1/things?cursor=%2A%2A").then(), 400, "CURSOR_MALFORMED");
  }

  @Test
  void takesUpTheTrace() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    request()
        .header("traceparent", trace)
        .get("/v1/things/trace")
        .then()
        .statusCode(200)
        .body(is(trace));
    String made =
        request().header("traceparent", "junk").get("/v1/things/trace").then().extract().asString();
    assertThat(TraceContext.valid(made)).isTrue();
  }

  @Test
  void tellsPayersMerchantsAndRolesApart() {
    String payer = platform.oidc().payerToken("payer-9");
    String merchant = platform.oidc().merchantToken("m-9");
    String officer = platform.oidc().roleToken("olga", "risk-officer");
    as(payer).get("/v1/things/payer").then().statusCode(200).body(is("payer-9"));
    as(merchant).get("/v1/things/merchant").then().statusCode(200).body(is("m-9"));
    as(officer).get("/v1/things/officer").then().statusCode(200).body(is("olga"));
    problem(as(merchant).get("/v1/things/payer").then(), 403, "NOT_A_PAYER");
    problem(as(officer).get("/v1/things/payer").then(), 403, "NOT_A_PAYER");
    problem(as(payer).get("/v1/things/merchant").then(), 403, "NOT_A_MERCHANT");
    problem(as(payer).get("/v1/things/officer").then(), 403, "NOT_ALLOWED");
    problem(request().get("/v1/things/payer").then(), 401, "NO_TOKEN");
  }

  @Test
  void refusesNamesThatNobodyHasHere() {
    String payer = platform.oidc().payerToken("p".repeat(129));
    String merchant = platform.oidc().merchantToken("m".repeat(65));
    problem(as(payer).get("/v1/things/payer").then(), 403, "NOT_A_PAYER");
    problem(as(merchant).get("/v1/things/merchant").then(), 403, "NOT_A_MERCHANT");
  }

  @Test
  void resourceThatSaysNothingIsRefusedToEverybody() {
    problem(request().get("/v1/silent").then(), 401, "NO_TOKEN");
    for (String token :
        List.of(
            platform.oidc().payerToken("payer-9"),
            platform.oidc().merchantToken("m-9"),
            platform.oidc().roleToken("ada", "operator", "risk-officer", "auditor"))) {
      problem(as(token).get("/v1/silent").then(), 403, "NOT_ALLOWED");
    }
  }

  @Test
  void refusesTokensThatDoNotVerify() {
    String good = platform.oidc().payerToken("payer-9");
    String expired = platform.oidc().token(User.payer("p", "", "payer-9"), Duration.ofMinutes(-5));
    String tampered = good.substring(0, good.length() - 8) + "AAAAAAAA";
    for (String token : List.of(expired, tampered, "nonsense")) {
      as(token).get("/v1/things/payer").then().statusCode(401);
    }
  }

  @Test
  void readinessTellsOfDatabaseAndWorkers() {
    request()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItems("database", "events", "grpc server"))
        .body("checks.status", everyItem(is("UP")))
        .body("checks.find { it.name == 'events' }.data.redis", is("answers"))
        .body("checks.find { it.name == 'database' }.data.version", not(nullValue()));
  }

  @Test
  void documentsAndMetricsAreServed() {
    request()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("openapi", startsWith("3."));
    request().get("/q/swagger-ui/").then().statusCode(200);
    assertThat(request().get("/q/metrics").then().statusCode(200).extract().asString())
        .contains("tallystick_outbox_backlog")
        .contains("tallystick_outbox_age");
  }

  private ValidatableResponse make(String key, String body) {
    return request()
        .header(IdempotencyKey.HEADER, key)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/things")
        .then();
  }

  private ValidatableResponse fail(String how) {
    return request().get("/v1/things/fail/" + how).then();
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String reason) {
    return response
        .statusCode(status)
        .contentType(Problem.MEDIA_TYPE)
        .body("reason", equalTo(reason))
        .body("status", is(status));
  }

  private RequestSpecification as(String token) {
    return request().auth().oauth2(token);
  }

  private RequestSpecification request() {
    return given()
        .baseUri("https://localhost:" + port)
        .trustStore(platform.ca().trustStoreFile().toFile(), DevCa.TRUST_STORE_PASSWORD);
  }
}
