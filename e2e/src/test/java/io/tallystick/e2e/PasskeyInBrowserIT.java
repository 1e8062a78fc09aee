package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.ok;
import static io.tallystick.e2e.Payers.awaitCleared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.tallystick.sdk.wallet.http.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A browser and an authenticator that share no code with ours, Chromium and the one that it plays,
/// register passkeys and confirm frozen payments; and what a browser gives a page that asks for too
/// little, stands elsewhere, is in a frame or swaps payments is refused.
///
/// Each refusal leaves the challenge to be answered: the same browser does so in the end, so that
/// nothing but what is named was wrong before.
@Tag("long")
class PasskeyInBrowserIT {
  private static final Path FOLDER = RunningPlatform.folder("passkey-in-browser");
  private static final String TERMINAL = FOLDER.resolve("kiosk.terminal").toString();

  /// What the relying party's settings allow by default.
  private static final String ORIGIN = "https://localhost";

  /// Of the same relying party, for all that a browser knows.
  private static final String OTHER_PORT = "https://localhost:8443";

  private static final String OTHER_DOMAIN = "https://wallet.example";

  private static WalletPage page;
  private static Chromium chromium;

  @BeforeAll
  static void setUp() throws Exception {
    assumeTrue(
        Chromium.isInstalled(),
        "chromium or chromedriver is not on the path (Debian packages chromium and"
            + " chromium-driver): no passkey was made in a browser");
    Files.createDirectories(FOLDER);
    ok("terminal", "setup", "--terminal", TERMINAL, "--merchant", "KIOSK-7", "--id", "K1");
    page = new WalletPage(RunningPlatform.get().ca(), ORIGIN);
    chromium = new Chromium(page, FOLDER.resolve("chromedriver.log"));
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void openWallet() {
    chromium.useNewAuthenticator();
    chromium.open(ORIGIN + WalletPage.WALLET);
  }

  @Test
  void releasesAFrozenPayment() throws Exception {
    WebPayer payer = registered("wanda");
    JsonObject asked = Payers.frozen(payer.wallet(), TERMINAL);
    String challenge = text(asked, "challengeId");

    JsonObject answer = payer.answer(challenge, assertion(payer, challenge));

    assertThat(text(answer, "outcome")).isEqualTo("passed");
    assertThat(text(answer.getAsJsonObject("challenge"), "state")).isEqualTo("passed");
    assertThat(text(answer.getAsJsonObject("challenge"), "method")).isEqualTo("face");
    awaitCleared(payer.wallet(), text(asked, "paymentId"));
  }

  @Test
  void makesNoSecondPasskeyOfAnAuthenticator() {
    WebPayer payer = registered("wolf");

    assertThat(chromium.register(payer.creationOptions()).error()).isEqualTo("InvalidStateError");
  }

  @Test
  void registersNobodyWhomTheAuthenticatorDidNotVerify() {
    WebPayer payer = WebPayer.enrolled(FOLDER, "wilma");
    chromium.useAuthenticatorThatKnowsNobody();
    assertThat(chromium.register(payer.creationOptions()).error()).isEqualTo("NotAllowedError");

    JsonObject lax = payer.creationOptions();
    lax.getAsJsonObject("authenticatorSelection").addProperty("userVerification", "discouraged");
    refusesRegistration(payer, chromium.register(lax).credential(), "user-not-verified");
  }

  @Test
  void refusesAnAnswerWithoutUserVerification() throws Exception {
    WebPayer payer = registered("walt");
    String challenge = text(Payers.frozen(payer.wallet(), TERMINAL), "challengeId");
    chromium.recognisesUser(false);
    assertThat(chromium.answer(payer.requestOptions(challenge)).error())
        .isEqualTo("NotAllowedError");

    JsonObject lax = payer.requestOptions(challenge);
    lax.addProperty("userVerification", "discouraged");
    refuses(payer, challenge, chromium.answer(lax).credential(), "user-not-verified");

    chromium.recognisesUser(true);
    passes(payer, challenge);
  }

  @Test
  void refusesAPageOfAnotherOrigin() throws Exception {
    WebPayer payer = registered("wendy");
    String challenge = text(Payers.frozen(payer.wallet(), TERMINAL), "challengeId");

    chromium.open(OTHER_PORT + WalletPage.WALLET);
    refuses(payer, challenge, assertion(payer, challenge), "wrong-origin");
    chromium.open(OTHER_DOMAIN + WalletPage.WALLET);
    assertThat(chromium.answer(payer.requestOptions(challenge)).error()).isEqualTo("SecurityError");

    chromium.open(ORIGIN + WalletPage.WALLET);
    passes(payer, challenge);
  }

  @Test
  void registersNothingOfAnotherOrigin() {
    WebPayer payer = WebPayer.enrolled(FOLDER, "wyatt");

    chromium.open(OTHER_PORT + WalletPage.WALLET);
    JsonObject made = chromium.register(payer.creationOptions()).credential();

    refusesRegistration(payer, made, "wrong-origin");
  }

  @Test
  void refusesAWalletInAnotherPagesFrame() throws Exception {
    WebPayer payer = registered("wren");
    String challenge = text(Payers.frozen(payer.wallet(), TERMINAL), "challengeId");

    chromium.open(OTHER_DOMAIN + WalletPage.FRAMED);
    chromium.enterFrame();
    refuses(payer, challenge, assertion(payer, challenge), "wrong-origin");

    chromium.open(ORIGIN + WalletPage.WALLET);
    passes(payer, challenge);
  }

  @Test
  void refusesAnAnswerMadeForAnotherPayment() throws Exception {
    WebPayer payer = registered("wes");
    List<JsonObject> asked = Payers.frozen(payer.wallet(), TERMINAL, 2);
    String one = text(asked.getFirst(), "challengeId");
    String other = text(asked.getLast(), "challengeId");

    JsonObject forOne = assertion(payer, one);
    payer.requestOptions(other);
    refuses(payer, other, forOne, "wrong-challenge");

    assertThat(text(payer.answer(one, forOne), "outcome")).isEqualTo("passed");
    passes(payer, other);
  }

  /// Somebody new, with the passkey of the browser's authenticator.
  private static WebPayer registered(String user) {
    WebPayer payer = WebPayer.enrolled(FOLDER, user);
    JsonObject made = chromium.register(payer.creationOptions()).credential();
    assertThat(text(payer.register(made), "passkeyId")).isEqualTo(text(made, "id"));
    return payer;
  }

  /// What the browser makes of fresh options, on the page that is open.
  private static JsonObject assertion(WebPayer payer, String challenge) {
    return chromium.answer(payer.requestOptions(challenge)).credential();
  }

  private static void passes(WebPayer payer, String challenge) {
    JsonObject answer = payer.answer(challenge, assertion(payer, challenge));
    assertThat(text(answer, "outcome")).as("%s", answer).isEqualTo("passed");
  }

  private static void refuses(
      WebPayer payer, String challenge, JsonObject assertion, String reason) {
    JsonObject answer = payer.answer(challenge, assertion);
    assertThat(text(answer, "outcome")).as("%s", answer).isEqualTo("refused");
    assertThat(text(answer, "reason")).isEqualTo(reason);
    JsonObject stands = payer.challenge(challenge);
    assertThat(text(stands, "state")).isEqualTo("delivered");
    assertThat(stands.get("methods").toString()).contains("face");
  }

  private static void refusesRegistration(WebPayer payer, JsonObject made, String reason) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> payer.register(made));
    assertThat(refused).as("registered: %s", made).isNotNull();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.name()).isEqualTo("registration-refused");
    assertThat(refused.member("reason")).contains(reason);
    assertThat(payer.passkeys().getAsJsonArray("items")).isEmpty();
  }

  private static String text(JsonObject json, String member) {
    return json.get(member).getAsString();
  }
}
