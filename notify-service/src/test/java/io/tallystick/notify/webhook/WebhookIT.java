package io.tallystick.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.events.v1.HalvesChanged;
import io.tallystick.api.events.v1.MerchantSettled;
import io.tallystick.kit.database.Database;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.MerchantServer;
import io.tallystick.notify.testing.MerchantServer.Received;
import io.tallystick.notify.testing.MerchantServer.Reply;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class WebhookIT {
  @Inject Clearing clearing;
  @Inject Records records;
  @Inject Database database;
  @Inject Webhooks webhooks;
  @Inject WebhookOutbox outbox;
  TestPlatform platform;

  private final String merchantId = "m" + UUID.randomUUID().toString().substring(0, 8);
  private final String payerId = "payer-" + UUID.randomUUID();
  private final MerchantServer server = MerchantServer.http();

  @AfterEach
  void close() {
    merchant().delete(path(""));
    server.close();
  }

  @Test
  void tellsTheMerchantSignedPerStandardWebhooks() throws Exception {
    String secret = register(server.url("/hooks?a=b"));
    var changed =
        Clearing.changed(payerId, "pay_1", "awaiting-payer", 2)
            .setMerchantId(merchantId)
            .setOrderId("order-1")
            .setPreviousState("authorising")
            .setAwaitsChallenge(true)
            .build();
    clearing.publish(payerId, changed);
    clearing.publish(payerId, changed);
    Received first = receive(1).getFirst();

    assertThat(first.path()).isEqualTo("/hooks?a=b");
    assertThat(first.header("content-type")).isEqualTo("application/json");
    new Webhook(secret).verify(first.body(), first.headers());
    assertThatThrownBy(() -> new Webhook(secret).verify(first.body() + " ", first.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    JsonNode body = json(first.body());
    assertThat(body.path("type").asText()).isEqualTo("payment.awaiting_payer");
    assertThat(body.at("/data/paymentId").asText()).isEqualTo("pay_1");
    assertThat(body.at("/data/orderId").asText()).isEqualTo("order-1");
    assertThat(body.at("/data/amount/amountMinor").asLong()).isEqualTo(4200);
    assertThat(body.at("/data/revision").asInt()).isEqualTo(2);
    assertThat(body.at("/data").has("refunded")).isFalse();

    Await.until("it is logged", () -> log("?state=delivered").size() == 1);
    JsonNode logged = log("").path(0);
    assertThat(logged.path("attempts").asInt()).isEqualTo(1);
    assertThat(logged.path("lastStatus").asInt()).isEqualTo(204);
    assertThat(logged.path("webhookId").asText()).isEqualTo(first.header("webhook-id"));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void queuesNothingBehindADeletion() throws Exception {
    register(server.url("/"));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> deleted =
          database.inTransaction(handle -> {
            WebhookEvent event =
                new WebhookEvent(merchantId, "s1", "webhook.test", null, Instant.now(), "data");
            assertThat(outbox.add(handle, event, Instant.now())).isPresent();
            Future<?> deletion = executor.submit(() -> webhooks.delete(merchantId));
            Await.until("the deletion waits", () -> deletion.isDone() || somebodyWaits(handle));
            return deletion;
          });
      deleted.get();
    }
    assertThat(
            database.<Integer, RuntimeException>read(handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM webhook_delivery"
                            + " WHERE merchant_id = :merchant AND state = 'pending'")
                    .bind("merchant", merchantId)
                    .mapTo(Integer.class)
                    .one()))
        .isZero();
  }

  private static boolean somebodyWaits(Handle handle) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        .mapTo(Boolean.class)
        .one();
  }

  @Test
  void tellsOfDisputesAndSettlementsOnce() {
    register(server.url("/"));
    HalvesChanged halves =
        HalvesChanged.newBuilder()
            .setPaymentId("tap_x")
            .setSerial("x")
            .setPayerId(payerId)
            .setMerchantId(merchantId)
            .setState("disputed")
            .setChangedAt(Clearing.now())
            .build();
    MerchantSettled settled =
        MerchantSettled.newBuilder()
            .setBatchId("batch-1")
            .setMerchantId(merchantId)
            .setDay("2026-01-01")
            .setGross(money(100))
            .setReturned(money(300))
            .setNet(money(-200))
            .setPaymentCount(3)
            .setSettledAt(Clearing.now())
            .build();
    for (int i = 0; i < 2; i++) {
      clearing.publish(payerId, halves);
      clearing.publish(merchantId, settled);
    }
    clearing.publish(
        payerId,
        Clearing.changed(payerId, "pay_last", "paid", 1).setMerchantId(merchantId).build());
    List<JsonNode> bodies = receive(3).stream().map(Received::body).map(WebhookIT::json).toList();
    assertThat(bodies.stream().map(body -> body.path("type").asText()))
        .containsExactlyInAnyOrder("payment.disputed", "merchant.settled", "payment.paid");
    JsonNode batch =
        bodies.stream()
            .filter(body -> body.path("type").asText().equals("merchant.settled"))
            .findFirst()
            .orElseThrow();
    assertThat(batch.at("/data/net/amountMinor").asLong()).isEqualTo(-200);
    assertThat(
            records.number(
                "SELECT count(*) FROM webhook_delivery WHERE merchant_id = ?", merchantId))
        .isEqualTo(3);
  }

  @Test
  void triesAgainAfterFailuresWithTheSameIdAndAFreshSignature() throws Exception {
    String secret = register(server.url("/"));
    server.reply(n -> Reply.of(n < 3 ? 500 : 200));
    test();
    List<Received> attempts = receive(3);
    assertThat(attempts.stream().map(r -> r.header("webhook-id")).distinct()).hasSize(1);
    for (Received attempt : attempts) {
      new Webhook(secret).verify(attempt.body(), attempt.headers());
    }
    Await.until("it is logged", () -> log("?state=delivered").size() == 1);
    assertThat(log("").path(0).path("attempts").asInt()).isEqualTo(3);
  }

  @Test
  void givesUpAndSendsAgainWhenAsked() {
    register(server.url("/"));
    server.reply(_ -> Reply.of(503));
    test();
    Await.until("given up", () -> log("?state=given-up").size() == 1);
    JsonNode delivery = log("").path(0);
    assertThat(delivery.path("attempts").asInt()).isEqualTo(4);
    assertThat(delivery.path("lastError").asText()).isEqualTo("status 503");
    assertThat(delivery.has("nextAttemptAt")).isFalse();

    server.reply(_ -> Reply.of(200));
    String again = path("-deliveries/" + delivery.path("deliveryId").asText() + "/redeliveries");
    assertThat(merchant().post(again, null, "again").status()).isEqualTo(202);
    Await.until("delivered", () -> log("?state=delivered").size() == 1);
    int sent = server.received().size();
    assertThat(merchant().post(again, null, "again").text("/state")).isEqualTo("delivered");
    assertThat(server.received()).hasSize(sent);
    assertThat(server.received().getLast().header("webhook-id"))
        .isEqualTo(delivery.path("webhookId").asText());
  }

  @Test
  void anOperatorHasADeliveryMadeAgainOnceAndSignedAnew() throws Exception {
    String secret = register(server.url("/"));
    test();
    Received first = receive(1).getFirst();
    Await.until("delivered", () -> log("?state=delivered").size() == 1);
    Api operator = Api.with(platform, platform.oidc().roleToken("otto", "operator"));
    String id = operator.get(path("-deliveries")).body().at("/items/0/deliveryId").asText();
    String again = path("-deliveries/" + id + "/redeliveries");
    assertThat(operator.post(again, null, "op-1").status()).isEqualTo(202);
    Received second = receive(2).getLast();
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.body()).isEqualTo(first.body());
    new Webhook(secret).verify(second.body(), second.headers());
    Await.until("delivered", () -> log("?state=delivered").size() == 1);
    assertThat(operator.post(again, null, "op-1").status()).isEqualTo(202);
    assertThat(server.received()).hasSize(2);
    assertThat(operator.put(path(""), url(server.url("/other"))).status()).isEqualTo(403);
    Api auditor = Api.with(platform, platform.oidc().roleToken("ada", "auditor"));
    assertThat(auditor.post(again, null, "op-2").status()).isEqualTo(403);
  }

  @Test
  void followsNoRedirect() {
    try (MerchantServer elsewhere = MerchantServer.http()) {
      register(server.url("/"));
      // The first would repeat the body elsewhere, the others fetch from there.
      int[] statuses = {307, 303, 302, 301};
      server.reply(n -> new Reply(statuses[n - 1], elsewhere.url("/"), 0));
      test();
      Await.until("given up", () -> log("?state=given-up").size() == 1);
      assertThat(log("").path(0).path("lastError").asText()).isEqualTo("status 301");
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void aSilentEndpointHoldsUpNobodyAndGetsNoMoreThanItsShare() {
    String other = "m" + UUID.randomUUID().toString().substring(0, 8);
    try (MerchantServer silent = MerchantServer.http()) {
      silent.hang();
      Api.merchant(platform, other)
          .put("/v1/merchants/" + other + "/webhook", url(silent.url("/")));
      for (int i = 0; i < 80; i++) {
        clearing.publish(
            payerId, Clearing.changed(payerId, "pay_" + i, "paid", 1).setMerchantId(other).build());
      }
      Await.until("it is silent", () -> silent.received().size() >= 4);
      register(server.url("/"));
      test();
      receive(1);
      assertThat(silent.mostUnderWay()).isEqualTo(4);
      // The attempts time out and are logged as such.
      Await.until(
          "time out",
          () ->
              records.number(
                      "SELECT count(*) FROM webhook_delivery WHERE merchant_id = ? AND last_error LIKE 'no answer%'",
                      other)
                  >= 4);
      assertThat(silent.mostUnderWay()).isLessThanOrEqualTo(8);
      Api.merchant(platform, other).delete("/v1/merchants/" + other + "/webhook");
    }
  }

  @Test
  void readsNoEndlessAnswer() {
    register(server.url("/"));
    server.reply(_ -> new Reply(200, "", 1_000_000));
    test();
    Await.until("given up", () -> log("?state=given-up").size() == 1);
    assertThat(log("").path(0).path("lastError").asText()).contains("too long");
  }

  @Test
  void speaksTlsToWhomItTrustsUnderTheRightName() {
    try (MerchantServer trusted =
        MerchantServer.https(platform.ca().service("seed").serverContext())) {
      register(trusted.url("/"));
      test();
      Await.until("delivered", () -> trusted.received().size() == 1);
      // The certificate names localhost and 127.0.0.1, not this other address of the same server.
      merchant().put(path(""), url("https://127.0.0.9:" + trusted.port() + "/"));
      test();
      Await.until("given up", () -> log("?state=given-up").size() == 1);
      assertThat(trusted.received()).hasSize(1);
    }
    DevCa stranger = DevCa.open(platform.folder().resolve("stranger"));
    try (MerchantServer untrusted =
        MerchantServer.https(stranger.service("seed").serverContext())) {
      merchant().put(path(""), url(untrusted.url("/")));
      test();
      Await.until("given up", () -> log("?state=given-up").size() == 2);
      assertThat(log("").path(0).path("lastError").asText())
          .contains("SSLHandshakeException", "trust anchors");
      assertThat(untrusted.received()).isEmpty();
    }
  }

  @Test
  void signsWithBothSecretsAfterARotation() throws Exception {
    String first = register(server.url("/"));
    assertThat(merchant().put(path(""), url(server.url("/"))).body().has("secret")).isFalse();
    assertThat(merchant().get(path("")).body().has("secret")).isFalse();
    String second =
        merchant()
            .put(path(""), "{\"url\":\"" + server.url("/") + "\",\"rotateSecret\":true}")
            .text("/secret");
    assertThat(second).startsWith("whsec_").isNotEqualTo(first);
    test();
    Received received = receive(1).getFirst();
    new Webhook(first).verify(received.body(), received.headers());
    new Webhook(second).verify(received.body(), received.headers());

    records.update(
        "UPDATE webhook_endpoint SET previous_until = now() WHERE merchant_id = ?", merchantId);
    test();
    Received later = receive(2).getLast();
    new Webhook(second).verify(later.body(), later.headers());
    assertThatThrownBy(() -> new Webhook(first).verify(later.body(), later.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    assertThat(
            records.text(
                "SELECT encode(secret_sealed, 'base64') FROM webhook_endpoint WHERE merchant_id = ?",
                merchantId))
        .doesNotContain(second.substring("whsec_".length()));
  }

  @Test
  void aRotationWhoseAnswerWasLostGivesTheSameSecretAgain() throws Exception {
    String first = register(server.url("/"));
    String key = UUID.randomUUID().toString();
    var rotated = merchant().post(path("/secret-rotations"), null, key);
    assertThat(rotated.status()).isEqualTo(201);
    assertThat(rotated.body().has("previousSecretUntil")).isTrue();
    String second = rotated.text("/secret");
    assertThat(merchant().post(path("/secret-rotations"), null, key).text("/secret"))
        .isEqualTo(second);
    test();
    Received received = receive(1).getFirst();
    new Webhook(first).verify(received.body(), received.headers());
    new Webhook(second).verify(received.body(), received.headers());
  }

  @Test
  void aLeakedSecretStopsSigningAtOnce() throws Exception {
    String first = register(server.url("/"));
    String second =
        merchant()
            .post(path("/secret-rotations"), null, UUID.randomUUID().toString())
            .text("/secret");
    assertThat(merchant().delete(path("/previous-secret")).body().has("previousSecretUntil"))
        .isFalse();
    test();
    Received received = receive(1).getFirst();
    new Webhook(second).verify(received.body(), received.headers());
    assertThatThrownBy(() -> new Webhook(first).verify(received.body(), received.headers()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void pagesTheLogNewestFirst() {
    register(server.url("/"));
    for (int i = 0; i < 5; i++) {
      test();
    }
    JsonNode first = merchant().get(path("-deliveries?limit=3")).body();
    JsonNode second =
        merchant()
            .get(path("-deliveries?limit=3&cursor=" + first.path("nextCursor").asText()))
            .body();
    List<String> ids =
        Stream.of(first, second)
            .flatMap(page -> page.path("items").valueStream())
            .map(item -> item.path("deliveryId").asText())
            .collect(Collectors.toList());
    assertThat(ids)
        .hasSize(5)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void aWebhookIsTheMerchantsOwn() {
    register(server.url("/"));
    Api stranger = Api.merchant(platform, "other");
    assertThat(stranger.get(path("")).status()).isEqualTo(404);
    assertThat(stranger.put(path(""), url(server.url("/"))).status()).isEqualTo(404);
    assertThat(stranger.delete(path("")).status()).isEqualTo(404);
    assertThat(stranger.get(path("-deliveries")).status()).isEqualTo(404);
    assertThat(stranger.post(path("/tests"), null).status()).isEqualTo(404);
    assertThat(Api.payer(platform, payerId).get(path("")).status()).isEqualTo(403);
    assertThat(merchant().post(path("-deliveries/whd_x/redeliveries"), null).status())
        .isEqualTo(404);
    merchant().delete(path(""));
    assertThat(merchant().get(path("")).status()).isEqualTo(404);
    assertThat(merchant().post(path("/tests"), null).problem()).isEqualTo("no-webhook");
  }

  private Api merchant() {
    return Api.merchant(platform, merchantId);
  }

  private String path(String rest) {
    return "/v1/merchants/" + merchantId + "/webhook" + rest;
  }

  private static String url(String url) {
    return "{\"url\":\"" + url + "\"}";
  }

  private String register(String url) {
    Api.Answer put = merchant().put(path(""), url(url));
    assertThat(put.status()).isEqualTo(200);
    return put.text("/secret");
  }

  private void test() {
    assertThat(merchant().post(path("/tests"), null).status()).isEqualTo(202);
  }

  private List<Received> receive(int count) {
    Await.until(count + " webhooks", () -> server.received().size() >= count);
    return server.received();
  }

  private JsonNode log(String query) {
    return merchant().get(path("-deliveries" + query)).body().path("items");
  }

  private static Money money(long minor) {
    return Money.newBuilder().setAmountMinor(minor).setCurrency("CNY").build();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
