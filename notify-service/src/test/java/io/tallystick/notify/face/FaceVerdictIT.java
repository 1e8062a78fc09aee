package io.tallystick.notify.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.FaceVendor;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class FaceVerdictIT {
  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;

  private final String payerId = "payer-" + UUID.randomUUID();
  private final FaceVendor vendor = FaceVendor.genuine();

  @Test
  void passesWithTheVendorsVerdictOnce() {
    String id = challenge("tap_1");
    String verdict = vendor.sign(FaceVendor.claims(options(id)));
    Api.Answer passed = answer(id, verdict);
    assertThat(passed.text("/outcome")).isEqualTo("passed");
    assertThat(passed.text("/challenge/method")).isEqualTo("face");
    assertThat(records.ended(id)).hasSize(1);
    assertThat(answer(id, verdict).text("/outcome")).isEqualTo("passed");
    assertThat(records.ended(id)).hasSize(1);
  }

  @Test
  void refusesAForgedVerdict() {
    refuses("bad-signature", options -> FaceVendor.impostor().sign(FaceVendor.claims(options)));
  }

  @Test
  void refusesAVerdictThatWasChangedAfterwards() {
    refuses(
        "bad-signature",
        options -> {
          JwtClaims no = FaceVendor.claims(options);
          no.setStringClaim("verdict", "other");
          String[] parts = vendor.sign(no).split("\\.");
          String yes = FaceVendor.claims(options).toJson();
          return parts[0] + "." + base64(yes) + "." + parts[2];
        });
  }

  @Test
  void refusesAVerdictWithoutASignatureOrWithASharedSecret() {
    refuses(
        "bad-signature",
        options ->
            base64("{\"alg\":\"none\"}") + "." + base64(FaceVendor.claims(options).toJson()) + ".");
    refuses(
        "bad-signature",
        options ->
            base64("{\"alg\":\"HS256\"}")
                + "."
                + base64(FaceVendor.claims(options).toJson())
                + "."
                + base64("x".repeat(32)));
  }

  @Test
  void refusesAnUnknownVendorAndWhatIsNoVerdict() {
    refuses("unknown-vendor", with(claims -> claims.setIssuer("https://other.example")));
    refuses("malformed", _ -> "nonsense");
    refuses("malformed", with(claims -> claims.unsetClaim("jti")));
  }

  @Test
  void refusesAVerdictForAnotherChallengePaymentOrPayer() {
    refuses("wrong-challenge", with(claims -> claims.setStringClaim("challenge_id", "chl_other")));
    refuses("wrong-challenge", with(claims -> claims.setStringClaim("payment_id", "tap_other")));
    refuses("wrong-challenge", with(claims -> claims.setStringClaim("nonce", base64("another"))));
    refuses("wrong-payer", with(claims -> claims.setSubject("somebody-else")));
    refuses("wrong-audience", with(claims -> claims.setAudience("another-platform")));
  }

  @Test
  void refusesAVerdictAfterTheAmountChanged() {
    String id = challenge("tap_1");
    JsonNode options = options(id);
    records.update("UPDATE challenge SET amount_minor = 9900 WHERE challenge_id = ?", id);
    refuses(id, vendor.sign(FaceVendor.claims(options)), "wrong-challenge");
  }

  @Test
  void refusesAStaleVerdictAndOneThatIsGoodForTooLong() {
    Instant now = Instant.now();
    refuses(
        "expired",
        with(claims -> FaceVendor.at(claims, now.minusSeconds(300), Duration.ofSeconds(240))));
    refuses(
        "expired",
        with(claims -> FaceVendor.at(claims, now.minusSeconds(300), Duration.ofSeconds(600))));
    refuses("expired", with(claims -> FaceVendor.at(claims, now, Duration.ofHours(1))));
    refuses(
        "expired",
        with(claims -> FaceVendor.at(claims, now.plusSeconds(300), Duration.ofMinutes(1))));
  }

  @Test
  void refusesAFaceThatWasNotRecognised() {
    refuses("not-recognised", with(claims -> claims.setStringClaim("verdict", "no-match")));
    refuses("not-recognised", with(claims -> claims.unsetClaim("verdict")));
  }

  @Test
  void takesAVerdictIdOnce() {
    String verdictId = UUID.randomUUID().toString();
    String one = challenge("tap_1");
    JwtClaims first = FaceVendor.claims(options(one));
    first.setJwtId(verdictId);
    assertThat(answer(one, vendor.sign(first)).text("/outcome")).isEqualTo("passed");
    String other = challenge("tap_2");
    JwtClaims second = FaceVendor.claims(options(other));
    second.setJwtId(verdictId);
    refuses(other, vendor.sign(second), "repeated");
  }

  @Test
  void usesOptionsUp() {
    String id = challenge("tap_1");
    JsonNode options = options(id);
    refuses(id, "nonsense", "malformed");
    refuses(id, vendor.sign(FaceVendor.claims(options)), "wrong-challenge");
    String later = vendor.sign(FaceVendor.claims(options(id)));
    assertThat(answer(id, later).text("/outcome")).isEqualTo("passed");
  }

  @Test
  void anotherPayersChallengeDoesNotExist() {
    String id = challenge("tap_1");
    Api stranger = Api.payer(platform, payerId + "-x");
    assertThat(stranger.post("/v1/challenges/" + id + "/face-verdict-options", null).status())
        .isEqualTo(404);
  }

  private interface Making {
    String verdict(JsonNode options);
  }

  private Making with(Consumer<JwtClaims> change) {
    return options -> {
      JwtClaims claims = FaceVendor.claims(options);
      change.accept(claims);
      return vendor.sign(claims);
    };
  }

  /// With a challenge of its own.
  private void refuses(String reason, Making making) {
    String id = challenge("tap_" + UUID.randomUUID());
    refuses(id, making.verdict(options(id)), reason);
  }

  private void refuses(String id, String verdict, String reason) {
    Api.Answer refused = answer(id, verdict);
    assertThat(refused.text("/outcome")).as(reason).isEqualTo("refused");
    assertThat(refused.text("/reason")).isEqualTo(reason);
    assertThat(records.ended(id)).isEmpty();
  }

  private Api.Answer answer(String id, String verdict) {
    return payer()
        .post("/v1/challenges/" + id + "/face-verdicts", "{\"verdict\":\"" + verdict + "\"}");
  }

  private JsonNode options(String id) {
    Api.Answer options = payer().post("/v1/challenges/" + id + "/face-verdict-options", null);
    assertThat(options.status()).isEqualTo(200);
    return options.body();
  }

  private String challenge(String paymentId) {
    clearing.publish(payerId, Clearing.frozen(payerId, paymentId).build());
    return Await.present("challenge", () -> records.challengeOf(payerId, paymentId));
  }

  private Api payer() {
    return Api.payer(platform, payerId);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
