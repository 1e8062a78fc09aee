package io.tallystick.notify.custody;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.MerchantServer;
import io.tallystick.notify.testing.MerchantServer.Received;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.notify.testing.SmsCentre;
import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.KeyFile;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rotating the key-encryption key of the running service.
@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class ResealIT {
  /// Everything sealed, as table and column.
  private static final List<String[]> SEALED =
      List.of(
          new String[] {"payer", "phone_sealed"},
          new String[] {"sms", "number_sealed"},
          new String[] {"sms", "text_sealed"},
          new String[] {"webhook_endpoint", "secret_sealed"},
          new String[] {"webhook_endpoint", "previous_secret_sealed"});

  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;
  SmsCentre centre;
  KeyFile keyFile;

  private final MerchantServer server = MerchantServer.http();
  private final String merchantId = "m" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void close() {
    merchant().delete(webhook(""));
    server.close();
  }

  @Test
  void sealsNumbersMessagesAndSecretsAnewAndGoesOnUsingThem() throws Exception {
    String firstSecret = registered();
    String secondSecret = merchant().post(webhook("/secret-rotations"), null).text("/secret");
    Payer asked = new Payer();
    asked.askForCode();
    String codeOfBefore = Await.present("the code arrives", () -> centre.lastCode(asked.digits));
    centre.stop();
    Payer waiting = new Payer();
    waiting.askForCode();
    int old = keyFile.current();
    SEALED.forEach(
        place -> assertThat(sealedWith(place, old)).as("%s.%s", (Object[]) place).isPositive());

    int fresh = rotate();
    JsonNode job = resealed(fresh);

    assertThat(job.path("broken").asLong()).isZero();
    assertThat(job.path("resealed").asLong()).isGreaterThanOrEqualTo(SEALED.size());
    SEALED.forEach(place ->
        assertThat(sealedOtherwiseThan(place, fresh)).as("%s.%s", (Object[]) place).isZero());
    keyFile.remove(old);
    Await.until("a code that can be answered keeps its version", () -> has("heldBack", old));
    assertThat(asked.answer(codeOfBefore)).isEqualTo("passed");
    centre.start();
    Await.until(
        "the message that waited arrives", () -> centre.lastCode(waiting.digits).isPresent());
    assertThat(waiting.answer(centre.lastCode(waiting.digits).orElseThrow())).isEqualTo("passed");
    // Of other tests' payers.
    records.update("UPDATE challenge SET code_expires_at = now()");
    Await.until("nothing keeps the old version", () -> !has("versions", old));

    assertThat(waiting.api().get("/v1/contact").text("/phoneNumber"))
        .endsWith(waiting.digits.substring(waiting.digits.length() - 4));
    merchant().post(webhook("/tests"), null);
    Await.until("the merchant is told", () -> !server.received().isEmpty());
    Received received = server.received().getFirst();
    new Webhook(firstSecret).verify(received.body(), received.headers());
    new Webhook(secondSecret).verify(received.body(), received.headers());
  }

  @Test
  void goesOnWithAJobThatAnEndedReplicaLeft() {
    registered();
    int fresh = rotate();
    records.update(
        "INSERT INTO reseal_job (key_version, requested_by, requested_at, resealed)"
            + " VALUES (?, 'gone', now(), 7)",
        fresh);
    JsonNode job = finished(fresh);
    assertThat(job.path("requestedBy").asText()).isEqualTo("gone");
    assertThat(job.path("resealed").asLong()).isGreaterThan(7);
    SEALED.forEach(place -> assertThat(sealedOtherwiseThan(place, fresh)).isZero());
  }

  @Test
  void leavesARowThatDoesNotOpenAndCountsIt() {
    registered();
    String good = secret();
    // The last byte is the tag's.
    String bad = good.substring(0, good.length() - 2) + (good.endsWith("00") ? "01" : "00");
    tamper(bad);
    int fresh = rotate();
    assertThat(resealed(fresh).path("broken").asLong()).isEqualTo(1);
    assertThat(secret()).isEqualTo(bad);
    tamper(good);
    assertThat(resealed(fresh).path("broken").asLong()).isZero();
    assertThat(secret()).isNotEqualTo(good);
    assertThat(sealedOtherwiseThan(SEALED.get(3), fresh)).isZero();
  }

  @Test
  void isForOperatorsOnly() {
    Api auditor = Api.with(platform, platform.oidc().roleToken("ada", "auditor"));
    assertThat(auditor.get("/v1/key-encryption").status()).isEqualTo(200);
    assertThat(auditor.post("/v1/key-encryption/reseals", null).status()).isEqualTo(403);
    assertThat(merchant().get("/v1/key-encryption").status()).isEqualTo(403);
    assertThat(merchant().post("/v1/key-encryption/reseals", null).status()).isEqualTo(403);
  }

  /// A payer with a telephone and a payment that waits for an answer.
  private final class Payer {
    private final String payerId = "payer-" + UUID.randomUUID();
    private final String digits =
        "86" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
    private final String challengeId;

    Payer() {
      clearing.publish(payerId, Clearing.frozen(payerId, "tap_1").build());
      challengeId = Await.present("challenge", () -> records.challengeOf(payerId, "tap_1"));
      DevOidc.User user = DevOidc.User.payer(payerId, "", payerId).withPhoneNumber("+" + digits);
      Api.with(platform, platform.oidc().tokenFor(user)).put("/v1/contact", null);
    }

    Api api() {
      return Api.payer(platform, payerId);
    }

    void askForCode() {
      assertThat(api().post("/v1/challenges/" + challengeId + "/sms", null).status())
          .isEqualTo(202);
    }

    String answer(String code) {
      return api()
          .post("/v1/challenges/" + challengeId + "/sms-answers", "{\"code\":\"" + code + "\"}")
          .text("/outcome");
    }
  }

  private int rotate() {
    int fresh = keyFile.add();
    keyFile.use(fresh);
    Await.until("the new version seals", () -> status().path("current").asInt() == fresh);
    return fresh;
  }

  private JsonNode resealed(int version) {
    assertThat(operator().post("/v1/key-encryption/reseals", null).status()).isEqualTo(202);
    return finished(version);
  }

  private JsonNode finished(int version) {
    Await.until(
        "the job finishes",
        () -> {
          JsonNode job = status().path("job");
          return job.path("version").asInt() == version && job.has("finishedAt");
        });
    return status().path("job");
  }

  private JsonNode status() {
    return operator().get("/v1/key-encryption").body();
  }

  private boolean has(String list, int version) {
    return status().path(list).valueStream().anyMatch(element -> element.asInt() == version);
  }

  private long sealedWith(String[] place, int version) {
    return rows(place, "=", version);
  }

  private long sealedOtherwiseThan(String[] place, int version) {
    return rows(place, "<>", version);
  }

  private long rows(String[] place, String comparison, int version) {
    return records.number(
        "SELECT count(*) FROM %1$s WHERE get_byte(%2$s, 0) * 256 + get_byte(%2$s, 1) %3$s ?"
            .formatted(place[0], place[1], comparison),
        version);
  }

  private String secret() {
    return records.text(
        "SELECT encode(secret_sealed, 'hex') FROM webhook_endpoint WHERE merchant_id = ?",
        merchantId);
  }

  private void tamper(String hex) {
    records.update(
        "UPDATE webhook_endpoint SET secret_sealed = decode(?, 'hex') WHERE merchant_id = ?",
        hex,
        merchantId);
  }

  private String registered() {
    return merchant().put(webhook(""), "{\"url\":\"" + server.url("/") + "\"}").text("/secret");
  }

  private Api operator() {
    return Api.with(platform, platform.oidc().roleToken("otto", "operator"));
  }

  private Api merchant() {
    return Api.merchant(platform, merchantId);
  }

  private String webhook(String rest) {
    return "/v1/merchants/" + merchantId + "/webhook" + rest;
  }
}
