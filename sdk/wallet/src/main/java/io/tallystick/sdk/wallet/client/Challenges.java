package io.tallystick.sdk.wallet.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.passkey.Assertion;
import io.tallystick.sdk.wallet.passkey.CreationOptions;
import io.tallystick.sdk.wallet.passkey.Passkey;
import io.tallystick.sdk.wallet.passkey.Registration;
import io.tallystick.sdk.wallet.passkey.RequestOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Answers challenges by SMS code and by face, and keeps the passkey that face answers need. */
public final class Challenges {
  private static final String PASSKEY = "passkey";
  private static final String PATH = "/v1/challenges/";

  private final Wallet wallet;
  private final RestClient notifyService;

  Challenges(Wallet wallet, RestClient notifyService) {
    this.wallet = wallet;
    this.notifyService = notifyService;
  }

  public Challenge get(String challengeId) {
    return Challenge.read(Members.of(notifyService.get(path(challengeId))));
  }

  /** Registers the number that the issuer verified for this payer as where codes go. */
  public String registerContact() {
    return Members.of(notifyService.put("/v1/contact", null)).text("phoneNumber");
  }

  /** Asks for a code by SMS. */
  public Challenge sendSms(String challengeId) {
    return Challenge.read(
        Members.of(notifyService.post(path(challengeId) + "/sms", null, IdempotencyKey.random())));
  }

  public ChallengeAnswer answerSms(String challengeId, String code) {
    JsonObject body = new JsonObject();
    body.addProperty("code", code);
    return ChallengeAnswer.read(
        Members.of(
            notifyService.post(path(challengeId) + "/sms-answers", body, IdempotencyKey.random())));
  }

  /** Whether this wallet holds a passkey to answer by face with. */
  public boolean hasPasskey() {
    return passkey().isPresent();
  }

  /**
   * Makes a passkey, keeps it and registers it.
   *
   * @param origin this wallet's origin; absent for {@code https://} and the relying party's id
   * @param userVerified whether the wallet has just verified its user
   */
  public Passkey registerPasskey(Optional<String> origin, boolean userVerified) {
    Members options = Members.of(notifyService.post("/v1/face/registration-options", null));
    String rpId = options.child("rp").text("id");
    List<Integer> algorithms =
        options.list("pubKeyCredParams", parameter -> parameter.smallNumber("alg"));
    Registration registration =
        Passkey.create(
            new CreationOptions(
                rpId, options.child("user").text("id"), options.text("challenge"), algorithms),
            origin.orElse("https://" + rpId),
            userVerified,
            new SecureRandom());
    keep(registration.passkey());
    notifyService.post(
        "/v1/face/registrations", JsonParser.parseString(registration.json()).getAsJsonObject());
    return registration.passkey();
  }

  /**
   * Answers by face.
   *
   * @param origin as for {@link #registerPasskey}
   * @param userVerified whether the wallet has just verified its user
   * @throws IllegalStateException when the wallet holds no passkey
   */
  public ChallengeAnswer answerFace(
      String challengeId, Optional<String> origin, boolean userVerified) {
    Passkey passkey =
        passkey().orElseThrow(() -> new IllegalStateException("the wallet holds no passkey"));
    Members options = Members.of(notifyService.post(path(challengeId) + "/face-options", null));
    List<String> allowed =
        new ArrayList<>(options.list("allowCredentials", allow -> allow.text("id")));
    RequestOptions request =
        new RequestOptions(options.text("rpId"), options.text("challenge"), allowed);
    Assertion assertion =
        passkey.sign(request, origin.orElse("https://" + options.text("rpId")), userVerified);
    keep(assertion.next());
    return ChallengeAnswer.read(
        Members.of(
            notifyService.post(
                path(challengeId) + "/face-answers",
                JsonParser.parseString(assertion.json()).getAsJsonObject())));
  }

  private Optional<Passkey> passkey() {
    return Optional.ofNullable(wallet.state().attachments().get(PASSKEY))
        .map(text -> Passkey.parse(Base64.getDecoder().decode(text)));
  }

  private void keep(Passkey passkey) {
    String text = Base64.getEncoder().encodeToString(passkey.export());
    wallet.update(state -> new Change<>(state.withAttachment(PASSKEY, text), true));
  }

  private static String path(String challengeId) {
    if (!challengeId.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("challengeId is not 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return PATH + challengeId;
  }
}
