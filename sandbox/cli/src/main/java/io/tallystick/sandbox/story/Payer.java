package io.tallystick.sandbox.story;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.api.common.v1.Money;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.sandbox.cli.operator.BankCommand;
import io.tallystick.sandbox.platform.SandboxUsers;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.WalletTime;
import io.tallystick.sdk.wallet.client.InboxItem;
import io.tallystick.sdk.wallet.client.PayerSession;
import io.tallystick.sdk.wallet.client.WalletClient;
import io.tallystick.sdk.wallet.code.CodeView;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import io.tallystick.sdk.wallet.file.FileWalletStore;
import io.tallystick.sdk.wallet.http.BearerSource;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Someone with a phone: a login at the issuer, money at the bank, a wallet in a file.
final class Payer implements AutoCloseable {
  /// The payment password of everyone in this story.
  static final String PAYMENT_PASSWORD = "739164";

  private static final String LOGIN_PASSWORD = "story";
  private static final Duration NEWS_LIMIT = Duration.ofSeconds(20);
  private static final Pattern SMS_CODE = Pattern.compile("\\b([0-9]{6})\\b");

  private final Stage stage;
  private final String name;
  private final BearerSource bearer;
  private final FileWalletStore store;
  private final Wallet wallet;
  private final WalletClient client;
  private LocationCell location = LocationCell.of(31.2304, 121.4737);

  private Payer(Stage stage, String name, Path file) {
    this.stage = stage;
    this.name = name;
    this.bearer = stage.login(name, LOGIN_PASSWORD);
    this.store = FileWalletStore.open(file);
    this.wallet = Wallet.open(store, WalletTime.ofHost());
    this.client =
        WalletClient.connect(
            wallet, stage.transport(), stage.addresses(), PayerSession.of(bearer), stage.root());
  }

  /// Arrives with an empty phone.
  static Payer arrive(Stage stage, String name) {
    return new Payer(stage, name, stage.file(name + ".wallet"));
  }

  /// The same person with another, empty phone.
  Payer withAnotherPhone() {
    return new Payer(stage, name, stage.file(name + "-second.wallet"));
  }

  /// Someone who copied this phone's memory, bit for bit.
  Payer cloned() throws IOException {
    Path copy = stage.file(name + "-clone.wallet");
    Files.copy(stage.file(name + ".wallet"), copy);
    return new Payer(stage, name, copy);
  }

  /// Sets the payment password, gets money, enrols the phone and leaves a number and a face.
  Payer ready(String deposit) {
    client.paymentPassword().set(PAYMENT_PASSWORD);
    deposit(deposit);
    enrol();
    client.challenges().registerContact();
    client.challenges().registerPasskey(Optional.empty(), true);
    return this;
  }

  Money deposit(String amount) {
    return BankCommand.deposit(
        stage.description(), name, Stage.money(amount), "story-" + name + "-" + amount);
  }

  Enrolment enrol() {
    return client.devices().enrol(name + "'s phone", PAYMENT_PASSWORD);
  }

  String name() {
    return name;
  }

  WalletClient client() {
    return client;
  }

  Wallet wallet() {
    return wallet;
  }

  /// Walks somewhere else.
  void goTo(LocationCell place) {
    location = place;
  }

  /// The phone held to a terminal.
  TapWallet tapping() {
    return TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(location));
  }

  /// What is on the screen with a connection.
  PaymentCode onlineCode() {
    return shown(client.codes().current());
  }

  /// What is on the screen without one.
  PaymentCode offlineCode() {
    return shown(PaymentCodes.of(wallet, OnlineCodeSource.OFFLINE).current());
  }

  /// Another code, without a connection.
  PaymentCode refreshedCode() {
    return shown(PaymentCodes.of(wallet, OnlineCodeSource.OFFLINE).refresh());
  }

  private static PaymentCode shown(CodeView view) {
    if (view instanceof CodeView.Shown shown) {
      return shown.code();
    }
    throw new StoryFailure("the wallet shows no code but " + view);
  }

  /// Waits until the payer is told of a payment in this state.
  InboxItem told(String paymentId, String state) throws Exception {
    return news(
        name + " being told that " + paymentId + " is " + state,
        item -> item.paymentId().equals(paymentId) && item.state().equals(state));
  }

  /// Waits until the payer is asked to answer for this payment.
  InboxItem challenged(String paymentId) throws Exception {
    return news(
        name + " being challenged for " + paymentId,
        item -> item.paymentId().equals(paymentId) && item.challengeId().isPresent());
  }

  private InboxItem news(String what, Predicate<InboxItem> wanted) throws Exception {
    return Waiting.until(
        what, NEWS_LIMIT, () -> client.inbox().newest(100).stream().filter(wanted).findFirst());
  }

  /// The code in the newest SMS that this payer got after `afterNumber`; waits for it.
  String smsCode(String challengeId) throws Exception {
    int before = smsTexts().size();
    client.challenges().sendSms(challengeId);
    return Waiting.until(
        "an SMS to " + name,
        NEWS_LIMIT,
        () -> {
          List<String> texts = smsTexts();
          return texts.size() > before ? firstCode(texts.getLast()) : Optional.empty();
        });
  }

  /// The screen of the payer's phone.
  List<String> smsTexts() throws Exception {
    String number = SandboxUsers.phoneNumber(name).substring(1);
    URI screen = URI.create(stage.description().smsCentre() + "/phones/" + number + "/messages");
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body =
          http.send(HttpRequest.newBuilder(screen).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return JsonParser.parseString(body).getAsJsonArray().asList().stream()
          .map(message -> message.getAsJsonObject().get("text").getAsString())
          .toList();
    }
  }

  private static Optional<String> firstCode(String text) {
    Matcher matcher = SMS_CODE.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// The bill of one payment, absent while the ledger has not heard of it.
  Optional<JsonObject> bill(String paymentId) {
    try {
      return Optional.of(
          stage
              .clearing(bearer, "/v1/bills/" + paymentId)
              .getAsJsonObject()
              .getAsJsonObject("bill"));
    } catch (ProblemException.NotFound notYet) {
      return Optional.empty();
    }
  }

  /// Waits until the bill says this.
  JsonObject bill(String paymentId, Predicate<JsonObject> wanted, String what) throws Exception {
    return Waiting.until(what, NEWS_LIMIT, () -> bill(paymentId).filter(wanted));
  }

  /// The payer's bills in this state, newest first.
  List<JsonElement> bills(String state) {
    return stage
        .clearing(bearer, "/v1/bills?state=" + state)
        .getAsJsonObject()
        .getAsJsonArray("items")
        .asList();
  }

  @Override
  public void close() {
    wallet.close();
  }
}
