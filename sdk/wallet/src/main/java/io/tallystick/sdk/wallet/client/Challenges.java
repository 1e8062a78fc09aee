package io.tallystick.sdk.wallet.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
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

  /** A passkey whose registration was not answered: the platform may know it or not. */
  private static final String UNANSWERED = "passkey-unanswered";

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
    return kept(PASSKEY).or(() -> kept(UNANSWERED)).isPresent();
  }

  /**
   * Makes a passkey, keeps it and registers it. An earlier one goes only when that was done.
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
    keep(UNANSWERED, registration.passkey());
    notifyService.post(
        "/v1/face/registrations", JsonParser.parseString(registration.json()).getAsJsonObject());
    keepForGood(registration.passkey());
    return registration.passkey();
  }

  /**
   * Answers by face.
   *
   * @param origin as for {@link #registerPasskey}
   * @param userVerified whether the wallet has just verified its user
   * @throws IllegalStateException when the wallet holds no passkey that the platform knows
   */
  public ChallengeAnswer answerFace(
      String challengeId, Optional<String> origin, boolean userVerified) {
    if (!hasPasskey()) {
      throw new IllegalStateException("the wallet holds no passkey");
    }
    Members options = Members.of(notifyService.post(path(challengeId) + "/face-options", null));
    List<String> allowed =
        new ArrayList<>(options.list("allowCredentials", allow -> allow.text("id")));
    RequestOptions request =
        new RequestOptions(options.text("rpId"), options.text("challenge"), allowed);
    Passkey passkey =
        kept(PASSKEY)
            .filter(request::allows)
            .or(() -> kept(UNANSWERED).filter(request::allows))
            .orElseThrow(
                () -> new IllegalStateException("the platform knows no passkey of this wallet"));
    Assertion assertion =
        passkey.sign(request, origin.orElse("https://" + options.text("rpId")), userVerified);
    keepForGood(assertion.next());
    return ChallengeAnswer.read(
        Members.of(
            notifyService.post(
                path(challengeId) + "/face-answers",
                JsonParser.parseString(assertion.json()).getAsJsonObject())));
  }

  private Optional<Passkey> kept(String name) {
    return Optional.ofNullable(wallet.state().attachments().get(name))
        .map(text -> Passkey.parse(Base64.getDecoder().decode(text)));
  }

  private void keep(String name, Passkey passkey) {
    wallet.update(state -> new Change<>(state.withAttachment(name, text(passkey)), true));
  }

  /** The platform knows this one. */
  private void keepForGood(Passkey passkey) {
    boolean answered =
        kept(UNANSWERED)
            .filter(other -> other.credentialId().equals(passkey.credentialId()))
            .isPresent();
    wallet.update(state -> {
      WalletState next = state.withAttachment(PASSKEY, text(passkey));
      return new Change<>(answered ? next.withoutAttachment(UNANSWERED) : next, true);
    });
  }

  private static String text(Passkey passkey) {
    return Base64.getEncoder().encodeToString(passkey.export());
  }

  private static String path(String challengeId) {
    if (!challengeId.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("challengeId is not 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return PATH + challengeId;
  }
}
