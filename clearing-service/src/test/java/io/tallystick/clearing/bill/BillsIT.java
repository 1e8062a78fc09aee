package io.tallystick.clearing.bill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.clearing.TestClock;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.kit.database.Database;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class BillsIT {
  TestPlatform platform;
  @Inject Taps taps;
  @Inject Database database;
  @Inject TestClock clock;
  @Inject SettlementService settlements;

  @BeforeEach
  void callOverTls() {
    RestAssured.baseURI = "https://localhost";
    RestAssured.port =
        ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
    RestAssured.useRelaxedHTTPSValidation();
  }

  private RequestSpecification payer(String payerId) {
    return given().auth().oauth2(platform.oidc().payerToken(payerId));
  }

  private RequestSpecification merchant(String merchantId) {
    return given().auth().oauth2(platform.oidc().merchantToken(merchantId));
  }

  private RequestSpecification person(String role) {
    return given().auth().oauth2(platform.oidc().roleToken("carol", role));
  }

  @Test
  void pagesThroughEveryBillOnceNewestFirst() {
    String payer = Pays.payerWith(10_000);
    List<String> paid = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      paid.addFirst(Pays.pay(Pays.request(payer, "m1", 100 + i)).getPaymentId());
    }
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = payer(payer).queryParam("limit", 3);
      JsonPath page =
          (cursor == null ? request : request.queryParam("cursor", cursor))
              .get("/v1/bills")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items.paymentId"));
      cursor = page.getString("nextCursor");
      Pays.pay(Pays.request(payer, "m1", 1));
    } while (cursor != null);
    assertThat(seen).containsExactlyElementsOf(paid);
  }

  @Test
  void filtersByStateKindAndTime() {
    String payer = Pays.payerWith(1_000);
    String paid = Pays.pay(Pays.request(payer, "m1", 100)).getPaymentId();
    Pays.pay(Pays.request(payer, "m1", 5_000));
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, "m1", 50);
    taps.deliver(tap.decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));
    payer(payer).get("/v1/bills?state=paid").then().body("items.paymentId", equalTo(List.of(paid)));
    payer(payer).get("/v1/bills?kind=code").then().body("items", hasSize(2));
    payer(payer)
        .get("/v1/bills?kind=tap")
        .then()
        .body("items.paymentId", equalTo(List.of(tap.paymentId())));
    payer(payer)
        .get("/v1/bills?from=2026-03-01T08:00:00Z&to=2026-03-01T08:00:01Z")
        .then()
        .body("items.paymentId", equalTo(List.of(tap.paymentId())));
    payer(payer).get("/v1/bills?state=nonsense").then().statusCode(400);
    payer(payer)
        .get("/v1/bills?from=yesterday")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("reason", equalTo("FILTER_MALFORMED"));
    payer(payer).get("/v1/bills?from=-1000000000-01-01T00:00:00Z").then().statusCode(400);
    payer(payer).get("/v1/bills?cursor=bm9uZQ").then().statusCode(400);
    payer(payer).get("/v1/bills?limit=201").then().statusCode(400);
  }

  @Test
  void aBillTellsItsWholeStory() {
    String payer = Pays.payerWith(1_000);
    String merchant = Pays.freshMerchant();
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, merchant, 50);
    taps.deliver(
        tap.half(TapSide.TAP_SIDE_TERMINAL),
        tap.decided(DecisionOutcome.DECISION_OUTCOME_FREEZE),
        tap.challenge(ChallengeOutcome.CHALLENGE_OUTCOME_PASSED),
        tap.half(TapSide.TAP_SIDE_WALLET),
        conflict(tap));
    payer(payer)
        .get("/v1/bills/" + tap.paymentId())
        .then()
        .statusCode(200)
        .body("bill.state", equalTo("cleared"))
        .body("bill.settledAt", nullValue());
    settlements.settle(settlements.today(), Optional.of(merchant));
    payer(payer)
        .get("/v1/bills/" + tap.paymentId())
        .then()
        .statusCode(200)
        .body("bill.state", equalTo("settled"))
        .body("bill.halves", equalTo("matched"))
        .body("bill.occurredAt", equalTo("2026-03-01T08:00:00Z"))
        .body("bill.settledAt", notNullValue())
        .body("settlementDay", equalTo(settlements.today().toString()))
        .body("history.state", equalTo(List.of("received", "frozen", "cleared", "settled")))
        .body("history.revision", equalTo(List.of(1, 2, 3, 4)))
        .body("history[1].reasons[0].rule", equalTo("frequency"))
        .body("history[1].reasons[0].paymentIds", hasItem("tap_other"))
        .body("history[1].reasons[0].thresholds.maxTapsIn10Seconds", equalTo("2"))
        .body("history[2].reasons[0].rule", equalTo("challenge_passed"))
        .body("evidence.evidenceId", equalTo(List.of("evidence-" + tap.serial())));
  }

  private static TapConflict conflict(Tap tap) {
    return TapConflict.newBuilder()
        .setSerial(tap.serial())
        .setPayerId(tap.payer())
        .setDeviceId(tap.deviceId())
        .setEvidenceId("evidence-" + tap.serial())
        .setSecondMerchantId("m9")
        .setSecondTerminalId("t9")
        .setSecondAmount(Pays.cny(60))
        .setDetectedAt(Taps.time(Taps.TAPPED))
        .build();
  }

  @Test
  void aPayerSeesOnlyTheirOwn() {
    String payer = Pays.payerWith(1_000);
    String paid = Pays.pay(Pays.request(payer, "m1", 100)).getPaymentId();
    String other = Pays.fresh("payer");
    payer(other).get("/v1/bills/" + paid).then().statusCode(404);
    payer(other).get("/v1/bills").then().statusCode(200).body("items", hasSize(0));
    payer(other).get("/v1/balances").then().statusCode(200).body("balances", hasSize(0));
    given().get("/v1/bills").then().statusCode(401);
    merchant("m1").get("/v1/bills").then().statusCode(403);
    person("auditor").get("/v1/bills").then().statusCode(403);
  }

  @Test
  void balancesTellWhatIsHeldAndWhatDevicesMaySpend() {
    String payer = Pays.payerWith(1_000);
    String device = Taps.freshDevice();
    Grpc.clearing("seed")
        .holdAllowance(
            HoldAllowanceRequest.newBuilder()
                .setIdempotencyKey("k")
                .setPayerId(payer)
                .setDeviceId(device)
                .setTarget(Pays.cny(300))
                .build());
    Pays.pay(Pays.stepUp(payer, "m1", 100));
    taps.deliver(
        Taps.tap(payer, device, 1, "m1", 20).decided(DecisionOutcome.DECISION_OUTCOME_FREEZE));
    payer(payer)
        .get("/v1/balances")
        .then()
        .body("balances[0].currency", equalTo("CNY"))
        .body("balances[0].availableMinor", equalTo(600))
        .body("balances[0].heldMinor", equalTo(120))
        .body("balances[0].arrearsMinor", equalTo(0))
        .body("balances[0].allowances[0].deviceId", equalTo(device))
        .body("balances[0].allowances[0].leftMinor", equalTo(280))
        .body("balances[0].allowances[0].heldMinor", equalTo(20));
  }

  @Test
  void aBalanceIsWholeHoweverManyDevicesAPayerHasHad() {
    String payer = Pays.payerWith(1_000);
    database.useTransaction(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO account
                  (owner_id, account_id, owner_kind, kind, device_id, currency, opened_at)
                SELECT :payer, 'allowance:CNY:' || n, 'payer', 'allowance', n::text, 'CNY', now()
                FROM generate_series(1, 1500) n
                """)
            .bind("payer", payer)
            .execute());
    payer(payer)
        .get("/v1/balances")
        .then()
        .body("balances[0].availableMinor", equalTo(1_000))
        .body("balances[0].allowances", hasSize(0));
  }

  @Test
  void aMerchantReadsItsStatementsAndPaymentsWithoutPayers() {
    String payer = Pays.payerWith(1_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder first = Pays.request(payer, merchant, 100);
    Pays.pay(first);
    Pays.pay(Pays.request(payer, merchant, 200));
    Pays.pay(Pays.request(payer, merchant, 300));
    refund(first);
    String day = settlements.today().toString();
    settlements.settle(settlements.today(), Optional.of(merchant));
    clock.advance(Duration.ofDays(1));
    Pays.pay(Pays.request(payer, merchant, 5));
    settlements.settle(settlements.today(), Optional.of(merchant));
    String base = "/v1/merchants/" + merchant;
    merchant(merchant).get(base + "/statements").then().body("items", hasSize(2));
    String next =
        merchant(merchant).get(base + "/statements?limit=1").jsonPath().getString("nextCursor");
    merchant(merchant)
        .get(base + "/statements?limit=1&cursor=" + next)
        .then()
        .body("items.day", equalTo(List.of(day)))
        .body("nextCursor", nullValue());
    merchant(merchant)
        .get(base + "/statements?day=" + day)
        .then()
        .body("items", hasSize(1))
        .body("items[0].gross.amountMinor", equalTo(600))
        .body("items[0].returned.amountMinor", equalTo(40))
        .body("items[0].net.amountMinor", equalTo(560))
        .body("items[0].paymentCount", equalTo(3));
    assertThat(lines(merchant, base + "/statements/" + day + "/lines"))
        .containsExactly("payment 100", "payment 200", "payment 300", "refund 40");
    String payments = merchant(merchant).get(base + "/payments").then().extract().asString();
    assertThat(payments).doesNotContain(payer).doesNotContain("deviceId").contains("settledAt");
    merchant("m-other").get(base + "/statements").then().statusCode(404);
    merchant("m-other").get(base + "/statements/" + day + "/lines").then().statusCode(404);
    merchant("m-other").get(base + "/payments").then().statusCode(404);
    payer(payer).get(base + "/payments").then().statusCode(403);
    merchant(merchant).get(base + "/statements?day=today").then().statusCode(400);
    merchant(merchant).get(base + "/statements/-5000-01-01/lines").then().statusCode(400);
  }

  private List<String> lines(String merchant, String path) {
    List<String> lines = new ArrayList<>();
    String cursor = null;
    do {
      String query = "?limit=3" + (cursor == null ? "" : "&cursor=" + cursor);
      JsonPath page = merchant(merchant).get(path + query).jsonPath();
      for (int i = 0; i < page.getList("items").size(); i++) {
        lines.add(
            page.getString("items[" + i + "].kind")
                + " "
                + page.getLong("items[" + i + "].amount.amountMinor"));
      }
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    return lines;
  }

  private static void refund(PayRequest.Builder request) {
    Grpc.clearing("verify")
        .refund(
            RefundRequest.newBuilder()
                .setPaymentId(request.getPaymentId())
                .setPayerId(request.getPayerId())
                .setMerchantId(request.getMerchantId())
                .setRefundId("r1")
                .setAmount(Pays.cny(40))
                .build());
  }

  @Test
  void auditorsAndOperatorsMayLookAtTheLedgerAndNobodyElse() {
    String payer = Pays.payerWith(1_000);
    String paid = Pays.pay(Pays.request(payer, "m1", 100)).getPaymentId();
    person("auditor").get("/v1/ledger/check").then().statusCode(200).body("sound", equalTo(true));
    person("operator")
        .get("/v1/ledger/postings?payment=" + paid)
        .then()
        .statusCode(200)
        .body("kind", equalTo(List.of("payment", "payment")))
        .body("amountMinor", equalTo(List.of(-100, 100)))
        .body("accountId[0]", containsString(payer));
    person("operator").get("/v1/ledger/postings").then().statusCode(400);
    for (String path :
        List.of("/v1/ledger/check", "/v1/ledger/postings?payment=x", "/v1/reconciliation/alone")) {
      person("risk-officer").get(path).then().statusCode(403);
      payer(payer).get(path).then().statusCode(403);
      merchant("m1").get(path).then().statusCode(403);
      given().get(path).then().statusCode(401);
    }
  }

  @Test
  void halvesAloneAfterTheGracePeriodAreReported() {
    String payer = Pays.payerWith(1_000);
    Tap alone = Taps.tap(payer, Taps.freshDevice(), 1, "m1", 10);
    Tap matched = Taps.tap(payer, Taps.freshDevice(), 1, "m1", 10);
    taps.deliver(
        alone.half(TapSide.TAP_SIDE_WALLET),
        matched.half(TapSide.TAP_SIDE_WALLET),
        matched.half(TapSide.TAP_SIDE_TERMINAL));
    assertThat(aloneTaps()).doesNotContain(alone.paymentId());
    clock.advance(Duration.ofHours(73));
    assertThat(aloneTaps()).contains(alone.paymentId()).doesNotContain(matched.paymentId());
    taps.deliver(alone.half(TapSide.TAP_SIDE_TERMINAL));
    assertThat(aloneTaps()).doesNotContain(alone.paymentId());
  }

  private List<String> aloneTaps() {
    List<String> all = new ArrayList<>();
    String cursor = null;
    do {
      String query = "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor);
      JsonPath page =
          person("auditor")
              .get("/v1/reconciliation/alone" + query)
              .then()
              .statusCode(200)
              .body("items.halves", not(hasItem("matched")))
              .extract()
              .jsonPath();
      all.addAll(page.getList("items.paymentId"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    return all;
  }

  @Test
  void servesItsContractAndItsHealth() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths.'/v1/bills/{paymentId}'.get.summary", notNullValue())
        .body("paths.'/v1/merchants/{merchantId}/statements/{day}/lines'.get", notNullValue())
        .body("paths.'/v1/ledger/check'.get", notNullValue());
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }
}
