package io.tallystick.clearing.review;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class ReviewIT {
  private static final long SMALL = 100_000;
  private static final long LARGE = 100_001;

  TestPlatform platform;
  @Inject Books books;
  @Inject Taps taps;

  private final String payer = Pays.payerWith(1_000_000);
  private final String merchant = Pays.freshMerchant();

  @BeforeEach
  void callOverTls() {
    RestAssured.baseURI = "https://localhost";
    RestAssured.port =
        ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
    RestAssured.useRelaxedHTTPSValidation();
  }

  @AfterEach
  void ledgerIsSound() {
    assertThat(
            given()
                .auth()
                .oauth2(platform.oidc().roleToken("audrey", "auditor"))
                .get("/v1/ledger/check")
                .jsonPath()
                .getBoolean("sound"))
        .isTrue();
  }

  private RequestSpecification officer(String name) {
    return given().auth().oauth2(platform.oidc().roleToken(name, "risk-officer"));
  }

  private ValidatableResponse decide(String name, String paymentId, String decision) {
    return officer(name)
        .contentType(ContentType.JSON)
        .body(Map.of("decision", decision, "explanation", "called the payer back"))
        .post("/v1/reviews/" + paymentId + "/decisions")
        .then();
  }

  private String waiting(long amountMinor) {
    return Pays.pay(Pays.stepUp(payer, merchant, amountMinor)).getPaymentId();
  }

  private Tap frozen(long amountMinor) {
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, merchant, amountMinor);
    taps.deliver(tap.decided(DecisionOutcome.DECISION_OUTCOME_FREEZE));
    return tap;
  }

  private String state(String paymentId) {
    return books.texts("SELECT state FROM payment WHERE payment_id = ?", paymentId).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "release, paid,   900000,  released after review by a risk officer",
    "return,  closed, 1000000, returned after review by a risk officer"
  })
  void oneOfficerDecidesUpToTheLimit(String decision, String state, long left, String explanation) {
    String payment = waiting(SMALL);

    decide("olga", payment, decision)
        .statusCode(200)
        .body("state", equalTo(state))
        .body("officersNeeded", equalTo(1))
        .body("decisions.officer", contains("olga"))
        .body("reasons[0].explanation", equalTo(explanation));

    assertThat(books.available(payer)).isEqualTo(left);
    assertThat(books.held(payer)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5000, 1", "5001, 2"})
  void aCurrencyMayHaveItsOwnLimit(long yen, int officers) {
    Pays.deposit(payer, Pays.money(10_000, "JPY"));
    PayRequest.Builder request =
        Pays.stepUp(payer, merchant, yen).setAmount(Pays.money(yen, "JPY"));

    decide("olga", Pays.pay(request).getPaymentId(), "return")
        .statusCode(200)
        .body("officersNeeded", equalTo(officers))
        .body("state", equalTo(officers == 1 ? "closed" : "awaiting-payer"));
  }

  @ParameterizedTest
  @CsvSource({"release, cleared, 899999", "return, returned, 1000000"})
  void aLargerAmountTakesFourEyes(String decision, String state, long left) {
    Tap tap = frozen(LARGE);

    for (int i = 0; i < 2; i++) {
      decide("olga", tap.paymentId(), decision)
          .statusCode(200)
          .body("state", equalTo("frozen"))
          .body("officersNeeded", equalTo(2))
          .body("decisions.officer", contains("olga"));
    }
    assertThat(books.held(payer)).isEqualTo(LARGE);
    decide("oscar", tap.paymentId(), decision)
        .statusCode(200)
        .body("state", equalTo(state))
        .body("decisions.officer", contains("olga", "oscar"));

    assertThat(books.available(payer)).isEqualTo(left);
    assertThat(books.held(payer)).isZero();
    // Told again, as when the reply was lost: the same answer, and nothing moves.
    decide("olga", tap.paymentId(), decision).statusCode(200).body("state", equalTo(state));
    assertThat(books.available(payer)).isEqualTo(left);
  }

  @Test
  void officersWhoDisagreeLeaveItToAThird() {
    String payment = waiting(LARGE);

    decide("olga", payment, "release").body("state", equalTo("awaiting-payer"));
    decide("oscar", payment, "return").body("state", equalTo("awaiting-payer"));
    decide("olga", payment, "return")
        .statusCode(409)
        .body("type", equalTo("https://tallystick.io/problems/decided-otherwise"));
    decide("otis", payment, "return").body("state", equalTo("closed"));

    assertThat(books.available(payer)).isEqualTo(1_000_000);
  }

  @Test
  void aPaymentThatDoesNotWaitIsNotDecided() {
    String paid = Pays.pay(Pays.request(payer, merchant, 10)).getPaymentId();

    decide("olga", paid, "return")
        .statusCode(409)
        .body("type", equalTo("https://tallystick.io/problems/payment-not-waiting"));
    decide("olga", "pay_unheard-of", "return").statusCode(404);
    officer("olga").get("/v1/reviews/pay_unheard-of").then().statusCode(404);

    assertThat(books.number("SELECT count(*) FROM review WHERE payment_id = ?", paid)).isZero();
    assertThat(state(paid)).isEqualTo("paid");
  }

  @Test
  void theEndOfTheChallengeComesTooLateAfterAReview() {
    String payment = waiting(SMALL);
    decide("olga", payment, "return").body("state", equalTo("closed"));

    taps.deliver(Taps.challengeOf(payment, payer, ChallengeOutcome.CHALLENGE_OUTCOME_PASSED));

    assertThat(state(payment)).isEqualTo("closed");
    assertThat(books.available(payer)).isEqualTo(1_000_000);
  }

  @Test
  void aReviewComesTooLateAfterTheEndOfTheChallenge() {
    Tap tap = frozen(LARGE);
    decide("olga", tap.paymentId(), "return").body("state", equalTo("frozen"));
    taps.deliver(tap.challenge(ChallengeOutcome.CHALLENGE_OUTCOME_PASSED));

    decide("oscar", tap.paymentId(), "return").statusCode(409);

    assertThat(state(tap.paymentId())).isEqualTo("cleared");
    assertThat(books.available(payer)).isEqualTo(1_000_000 - LARGE);
  }

  @Test
  void ofManyAtOnceOneMovesTheMoney() throws Exception {
    String payment = waiting(LARGE);
    List<Callable<Integer>> officers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String name = "officer" + i % 8;
      String decision = i % 2 == 0 ? "release" : "return";
      officers.add(() -> decide(name, payment, decision).extract().statusCode());
    }
    officers.add(() -> {
      taps.deliver(Taps.challengeOf(payment, payer, ChallengeOutcome.CHALLENGE_OUTCOME_FAILED));
      return 200;
    });
    try (ExecutorService executor = Executors.newFixedThreadPool(officers.size())) {
      for (Future<Integer> status : executor.invokeAll(officers)) {
        assertThat(status.get()).isIn(200, 409);
      }
    }

    assertThat(state(payment)).isIn("paid", "closed");
    assertThat(books.number("SELECT revision FROM payment WHERE payment_id = ?", payment))
        .isEqualTo(2);
    assertThat(books.available(payer))
        .isEqualTo(state(payment).equals("paid") ? 1_000_000 - LARGE : 1_000_000);
  }

  @Test
  void listsWhatWaitsTheLongestFirst() {
    String first = waiting(SMALL);
    Tap second = frozen(LARGE);
    String third = waiting(1);
    decide("olga", third, "release");
    decide("olga", second.paymentId(), "release");
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = officer("olga").queryParam("limit", 1);
      JsonPath page =
          (cursor == null ? request : request.queryParam("cursor", cursor))
              .get("/v1/reviews")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items.paymentId"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);

    assertThat(seen).containsSubsequence(first, second.paymentId()).doesNotContain(third);
    officer("olga")
        .get("/v1/reviews/" + second.paymentId())
        .then()
        .body("kind", equalTo("tap"))
        .body("payerId", equalTo(payer))
        .body("reasons[0].rule", equalTo("frequency"))
        .body("reasons[0].paymentIds", hasItem("tap_other"))
        .body("decisions[0].explanation", equalTo("called the payer back"))
        .body("decisions[0].decidedAt", notNullValue());
    officer("olga").get("/v1/reviews/" + first).then().body("decisions", empty());
  }

  /// Neither payer nor merchant learns who decided, or what they wrote.
  @Test
  void theBillNamesNoOfficer() {
    String payment = waiting(SMALL);
    decide("olga", payment, "release");

    given()
        .auth()
        .oauth2(platform.oidc().payerToken(payer))
        .get("/v1/bills/" + payment)
        .then()
        .statusCode(200)
        .body("history.reasons.flatten().rule", hasItem("review_released"))
        .body(not(containsString("olga")))
        .body(not(containsString("called the payer")));
  }

  @ParameterizedTest
  @CsvSource({"'', why", "approve, why", "RELEASE, why", "release, ''", "release, '  '"})
  void refusesAMalformedDecision(String decision, String explanation) {
    String payment = waiting(SMALL);
    officer("olga")
        .contentType(ContentType.JSON)
        .body(Map.of("decision", decision, "explanation", explanation))
        .post("/v1/reviews/" + payment + "/decisions")
        .then()
        .statusCode(400);
    for (String body :
        List.of(
            "{}",
            "{\"decision\":\"release\"}",
            "[",
            "null",
            "{\"decision\":\"release\",\"explanation\":\"\\u0000\"}",
            "{\"decision\":\"release\",\"explanation\":\"" + "x".repeat(501) + "\"}")) {
      officer("olga")
          .contentType(ContentType.JSON)
          .body(body)
          .post("/v1/reviews/" + payment + "/decisions")
          .then()
          .statusCode(400);
    }
    assertThat(state(payment)).isEqualTo("awaiting-payer");
  }

  /// What one officer says counts once, whoever writes it: the table itself refuses a second.
  @Test
  void theTableKeepsOneDecisionOfEachOfficer() {
    String payment = waiting(LARGE);
    decide("olga", payment, "release");

    assertThatThrownBy(() ->
            books.execute(
                """
                INSERT INTO review (payer_id, payment_id, officer, decision, explanation, decided_at)
                VALUES ('%s', '%s', 'olga', 'release', 'again', now())
                """
                    .formatted(payer, payment)))
        .hasMessageContaining("review_pkey");
    assertThatThrownBy(() -> books.execute("UPDATE review SET officer = 'oscar'"))
        .hasMessageContaining("append-only");
  }
}
