package io.tallystick.notify.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.TestPlatform;
import io.tallystick.sdk.wallet.passkey.Assertion;
import io.tallystick.sdk.wallet.passkey.CreationOptions;
import io.tallystick.sdk.wallet.passkey.Passkey;
import io.tallystick.sdk.wallet.passkey.Registration;
import io.tallystick.sdk.wallet.passkey.RequestOptions;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class FaceIT {
  private static final String ORIGIN = NotifyTestResource.ORIGIN;
  private static final String TOP_ORIGIN = ",\"topOrigin\":\"https://evil.example\"";

  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;

  private final String payerId = "payer-" + UUID.randomUUID();

  @Test
  void passesWithTheFaceOfThePayer() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    assertThat(payer().get("/v1/challenges/" + id).body().at("/methods").toString())
        .isEqualTo("[\"face\"]");
    Assertion assertion = passkey.sign(options(id), ORIGIN, true);
    Api.Answer passed = answer(id, assertion);
    assertThat(passed.text("/outcome")).isEqualTo("passed");
    assertThat(passed.text("/challenge/method")).isEqualTo("face");
    assertThat(records.ended(id)).hasSize(1);
    assertThat(records.ended(id).getFirst().getMethod()).isEqualTo("face");
    assertThat(records.number("SELECT sign_count FROM passkey WHERE payer_id = ?", payerId))
        .isEqualTo(1);
    // The same again finds the end, and adds nothing.
    assertThat(answer(id, assertion).text("/outcome")).isEqualTo("passed");
    assertThat(records.ended(id)).hasSize(1);
  }

  @Test
  void refusesAnAnswerToAnotherChallenge() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    options(id);
    RequestOptions madeUp =
        new RequestOptions(
            NotifyTestResource.RP_ID,
            Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
            List.of());
    refuses(id, passkey.sign(madeUp, ORIGIN, true), "wrong-challenge");
  }

  @Test
  void refusesAnAnswerForAnotherPayment() {
    Passkey passkey = registered();
    String one = challenge("tap_1");
    String other = challenge("tap_2");
    Assertion forOne = passkey.sign(options(one), ORIGIN, true);
    options(other);
    refuses(other, forOne, "wrong-challenge");
    assertThat(state(one)).isEqualTo("delivered");
  }

  @Test
  void refusesAnAnswerWhoseAmountOrMerchantChanged() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    RequestOptions options = options(id);
    records.update("UPDATE challenge SET amount_minor = 9900 WHERE challenge_id = ?", id);
    Assertion signed = passkey.sign(options, ORIGIN, true);
    refuses(id, signed, "wrong-challenge");

    RequestOptions again = options(id);
    records.update("UPDATE challenge SET merchant_id = 'shop-2' WHERE challenge_id = ?", id);
    refuses(id, signed.next().sign(again, ORIGIN, true), "wrong-challenge");
  }

  @Test
  void refusesAWrongOriginAndAWrongRelyingParty() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    Assertion phished = passkey.sign(options(id), "https://wallet.example.evil", true);
    refuses(id, phished, "wrong-origin");

    String challenge = options(id).challenge();
    Passkey elsewhere =
        Passkey.create(
                new CreationOptions("other.example", passkey.userId(), challenge, List.of(-7)),
                ORIGIN,
                true,
                new SecureRandom())
            .passkey();
    Assertion ofOther =
        elsewhere.sign(new RequestOptions("other.example", challenge, List.of()), ORIGIN, true);
    // Presented under the credential id that the service knows.
    String forged = ofOther.json().replace(elsewhere.credentialId(), passkey.credentialId());
    refuses(id, forged, "wrong-relying-party");
  }

  /// Whoever frames the wallet could have the payer confirm what the frame does not show. The
  /// origin is the wallet's own; it comes before the signature, which is not over this client data.
  @Test
  void refusesAWalletInAFrameOfAnotherOrigin() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    Assertion signed = passkey.sign(options(id), ORIGIN, true);
    refuses(id, framed(signed.json(), signed.clientDataJson(), TOP_ORIGIN), "wrong-origin");
    // As browsers told it before there was a topOrigin.
    Assertion again = signed.next().sign(options(id), ORIGIN, true);
    refuses(id, framed(again.json(), again.clientDataJson(), ""), "wrong-origin");

    Api stranger = Api.payer(platform, payerId + "-framed");
    JsonNode options = stranger.post("/v1/face/registration-options", null).body();
    Registration made = Passkey.create(creation(options), ORIGIN, true, new SecureRandom());
    Api.Answer refused =
        stranger.post(
            "/v1/face/registrations", framed(made.json(), made.clientDataJson(), TOP_ORIGIN));
    assertThat(refused.text("/metadata/reason")).isEqualTo("wrong-origin");
  }

  /// The credential's JSON with client data as of a page in a frame.
  private static String framed(String json, String clientData, String topOrigin) {
    String own = new String(Base64.getUrlDecoder().decode(clientData), StandardCharsets.UTF_8);
    String told = own.replace("\"crossOrigin\":false", "\"crossOrigin\":true" + topOrigin);
    byte[] bytes = told.getBytes(StandardCharsets.UTF_8);
    return json.replace(clientData, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Test
  void requiresThatTheUserWasVerified() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    refuses(id, passkey.sign(options(id), ORIGIN, false), "user-not-verified");
  }

  @Test
  void refusesACounterThatDidNotRise() {
    Passkey passkey = registered();
    String one = challenge("tap_1");
    assertThat(answer(one, passkey.sign(options(one), ORIGIN, true)).text("/outcome"))
        .isEqualTo("passed");
    String other = challenge("tap_2");
    // A copy of the passkey that does not know of the first signature.
    refuses(other, passkey.sign(options(other), ORIGIN, true), "counter-regression");
  }

  @Test
  void refusesASignatureOfAnotherKey() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    RequestOptions options = options(id);
    Passkey stranger =
        Passkey.create(
                new CreationOptions(
                    NotifyTestResource.RP_ID, passkey.userId(), options.challenge(), List.of(-7)),
                ORIGIN,
                true,
                new SecureRandom())
            .passkey();
    RequestOptions any = new RequestOptions(options.rpId(), options.challenge(), List.of());
    Assertion signed = stranger.sign(any, ORIGIN, true);
    refuses(id, signed.json(), "unknown-passkey");

    RequestOptions again = options(id);
    Assertion forged =
        stranger.sign(new RequestOptions(again.rpId(), again.challenge(), List.of()), ORIGIN, true);
    refuses(
        id,
        forged.json().replace(stranger.credentialId(), passkey.credentialId()),
        "bad-signature");
  }

  @Test
  void optionsAreGoodForOneAnswer() {
    Passkey passkey = registered();
    String id = challenge("tap_1");
    RequestOptions options = options(id);
    Assertion unverified = passkey.sign(options, ORIGIN, false);
    refuses(id, unverified, "user-not-verified");
    refuses(id, unverified.next().sign(options, ORIGIN, true), "wrong-challenge");
    // And later options replace earlier ones.
    RequestOptions earlier = options(id);
    options(id);
    refuses(id, unverified.next().sign(earlier, ORIGIN, true), "wrong-challenge");
  }

  @Test
  void refusesAPasskeyYoungerThanTheChallenge() {
    String id = challenge("tap_1");
    Passkey passkey = registered();
    Api.Answer none = payer().post("/v1/challenges/" + id + "/face-options", null);
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.problem()).isEqualTo("no-passkey");
    assertThat(payer().get("/v1/challenges/" + id).body().at("/methods")).isEmpty();

    // Also when options for an older passkey were handed out.
    String other = challenge("tap_2");
    RequestOptions options = options(other);
    Passkey younger = registered();
    RequestOptions any = new RequestOptions(options.rpId(), options.challenge(), List.of());
    refuses(other, younger.sign(any, ORIGIN, true), "unknown-passkey");
    assertThat(passkey.credentialId()).isIn(options.allowedCredentialIds());
  }

  @Test
  void refusesAnotherPayersFace() {
    Passkey passkey = registered();
    Api thief = Api.payer(platform, payerId + "-thief");
    register(thief, true);
    String theirs = "tap_theirs";
    clearing.publish(payerId + "-thief", Clearing.frozen(payerId + "-thief", theirs).build());
    String id = Await.present("challenge", () -> records.challengeOf(payerId + "-thief", theirs));
    JsonNode json = thief.post("/v1/challenges/" + id + "/face-options", null).body();
    RequestOptions any =
        new RequestOptions(json.path("rpId").asText(), json.path("challenge").asText(), List.of());
    Api.Answer refused =
        thief.post(
            "/v1/challenges/" + id + "/face-answers", passkey.sign(any, ORIGIN, true).json());
    assertThat(refused.text("/reason")).isEqualTo("unknown-passkey");
  }

  @Test
  void boundsTheCeremoniesOfAChallenge() {
    registered();
    String id = challenge("tap_1");
    for (int i = 0; i < 10; i++) {
      options(id);
    }
    Api.Answer beyond = payer().post("/v1/challenges/" + id + "/face-options", null);
    assertThat(beyond.status()).isEqualTo(429);
    assertThat(beyond.problem()).isEqualTo("face-limit");
  }

  @Test
  void registersOnlyWhatItAskedFor() {
    JsonNode options = payer().post("/v1/face/registration-options", null).body();
    assertThat(options.at("/authenticatorSelection/userVerification").asText())
        .isEqualTo("required");
    assertThat(options.at("/attestation").asText()).isEqualTo("none");
    CreationOptions creation = creation(options);

    Registration unverified = Passkey.create(creation, ORIGIN, false, new SecureRandom());
    refusesRegistration(unverified, "user-not-verified");
    // The options are used up by the first attempt.
    Registration late = Passkey.create(creation, ORIGIN, true, new SecureRandom());
    refusesRegistration(late, "registration-expired");

    CreationOptions phished = creation(payer().post("/v1/face/registration-options", null).body());
    refusesRegistration(
        Passkey.create(phished, "https://evil.example", true, new SecureRandom()), "wrong-origin");

    JsonNode ofAnother =
        Api.payer(platform, payerId + "-x").post("/v1/face/registration-options", null).body();
    refusesRegistration(
        Passkey.create(creation(ofAnother), ORIGIN, true, new SecureRandom()),
        "registration-expired");
    assertThat(payer().post("/v1/face/registrations", "{}").text("/metadata/reason"))
        .isEqualTo("malformed");
  }

  @Test
  void listsAndForgetsPasskeys() {
    Passkey passkey = registered();
    assertThat(payer().get("/v1/face/passkeys").text("/items/0/passkeyId"))
        .isEqualTo(passkey.credentialId());
    Api stranger = Api.payer(platform, payerId + "-x");
    String path = "/v1/face/passkeys/" + passkey.credentialId();
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(payer().delete(path).status()).isEqualTo(204);
    assertThat(payer().get("/v1/face/passkeys").body().at("/items")).isEmpty();
  }

  private Api payer() {
    return Api.payer(platform, payerId);
  }

  private Passkey registered() {
    return register(payer(), true);
  }

  private static Passkey register(Api api, boolean userVerified) {
    JsonNode options = api.post("/v1/face/registration-options", null).body();
    Registration made = Passkey.create(creation(options), ORIGIN, userVerified, new SecureRandom());
    Api.Answer registered = api.post("/v1/face/registrations", made.json());
    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.text("/passkeyId")).isEqualTo(made.passkey().credentialId());
    return made.passkey();
  }

  private static CreationOptions creation(JsonNode options) {
    return new CreationOptions(
        options.at("/rp/id").asText(),
        options.at("/user/id").asText(),
        options.at("/challenge").asText(),
        options.at("/pubKeyCredParams").valueStream().map(p -> p.path("alg").asInt()).toList());
  }

  private void refusesRegistration(Registration made, String reason) {
    Api.Answer refused = payer().post("/v1/face/registrations", made.json());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("registration-refused");
    assertThat(refused.text("/metadata/reason")).isEqualTo(reason);
    assertThat(payer().get("/v1/face/passkeys").body().at("/items")).isEmpty();
  }

  private String challenge(String paymentId) {
    clearing.publish(payerId, Clearing.frozen(payerId, paymentId).build());
    return Await.present("challenge", () -> records.challengeOf(payerId, paymentId));
  }

  private RequestOptions options(String id) {
    Api.Answer answer = payer().post("/v1/challenges/" + id + "/face-options", null);
    assertThat(answer.status()).isEqualTo(200);
    return new RequestOptions(
        answer.text("/rpId"),
        answer.text("/challenge"),
        answer
            .body()
            .at("/allowCredentials")
            .valueStream()
            .map(c -> c.path("id").asText())
            .toList());
  }

  private Api.Answer answer(String id, Assertion assertion) {
    return payer().post("/v1/challenges/" + id + "/face-answers", assertion.json());
  }

  private void refuses(String id, Assertion assertion, String reason) {
    refuses(id, assertion.json(), reason);
  }

  private void refuses(String id, String assertion, String reason) {
    Api.Answer refused = payer().post("/v1/challenges/" + id + "/face-answers", assertion);
    assertThat(refused.text("/outcome")).isEqualTo("refused");
    assertThat(refused.text("/reason")).isEqualTo(reason);
    assertThat(records.ended(id)).isEmpty();
  }

  private String state(String id) {
    return records.text("SELECT state FROM challenge WHERE challenge_id = ?", id);
  }
}
