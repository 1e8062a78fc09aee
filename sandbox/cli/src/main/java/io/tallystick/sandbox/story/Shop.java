package io.tallystick.sandbox.story;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.proxy.LossyProxy;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.terminal.platform.TapUploader;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import io.tallystick.sdk.wallet.http.BearerSource;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A merchant's till: a registered terminal with a certificate, a receipt key and a journal. Its
/// connection goes through a proxy that can lose replies.
final class Shop implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 20;
  private static final long FLOOR_LIMIT_MINOR = 100_000;

  private final Stage stage;
  private final String name;
  private final LocationCell cell;
  private final Terminal terminal;
  private final TerminalIdentity identity;
  private final LossyProxy proxy;
  private final VerifyConnection platform;
  private int orders;

  /// Where a shop stands.
  record Site(double latitude, double longitude) {
    static final Site SHANGHAI = new Site(31.2304, 121.4737);
    static final Site BEIJING = new Site(39.9042, 116.4074);
  }

  private Shop(
      Stage stage,
      String name,
      Site site,
      TerminalIdentity identity,
      LossyProxy proxy,
      VerifyConnection platform) {
    this.stage = stage;
    this.name = name;
    this.cell = LocationCell.of(site.latitude(), site.longitude());
    this.identity = identity;
    this.terminal = Terminal.open(identity, TerminalJournal.open(journalFile()), Clock.systemUTC());
    this.proxy = proxy;
    this.platform = platform;
  }

  /// Opens a shop: registers it, gives it a certificate, fetches its first terminal pack.
  static Shop open(Stage stage, String name, String merchantId, String terminalId, Site site)
      throws IOException {
    TerminalIdentity identity =
        new TerminalIdentity(
            MerchantId.of(merchantId),
            TerminalId.of(terminalId),
            Sm2PrivateKey.generate(new SecureRandom()),
            stage.root());
    register(stage, name, identity, site);
    DevCa.Credentials credentials =
        DevCa.open(stage.description().certificatesFolder()).terminal(merchantId, terminalId);
    LossyProxy proxy = LossyProxy.start(stage.description().grpc().verifyService());
    VerifyConnection platform =
        VerifyConnection.open(
            proxy.address(),
            stage.description().caFile(),
            credentials.certificate(),
            credentials.key());
    Shop shop = new Shop(stage, name, site, identity, proxy, platform);
    StoryFailure.unlessEqual(
        PackStatus.GOOD, shop.terminal.refreshPack(platform), "the terminal pack of " + name);
    return shop;
  }

  private static void register(Stage stage, String name, TerminalIdentity identity, Site site)
      throws IOException {
    ManagedChannel channel =
        GrpcChannels.operator(stage.description(), stage.description().grpc().verifyService());
    try {
      var admin =
          TerminalAdminServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      admin.registerMerchant(
          RegisterMerchantRequest.newBuilder()
              .setMerchantId(identity.merchant().value())
              .setName(name)
              .build());
      admin.registerTerminal(
          RegisterTerminalRequest.newBuilder()
              .setMerchantId(identity.merchant().value())
              .setTerminalId(identity.terminal().value())
              .setPublicKey(ByteString.copyFrom(identity.receiptKey().publicKey().compressed()))
              .setPlace(
                  Place.newBuilder()
                      .setLatitudeDegrees(site.latitude())
                      .setLongitudeDegrees(site.longitude()))
              .setFloorLimitMinor(FLOOR_LIMIT_MINOR)
              .build());
    } finally {
      GrpcChannels.close(channel);
    }
  }

  String name() {
    return name;
  }

  String merchantId() {
    return identity.merchant().value();
  }

  LocationCell cell() {
    return cell;
  }

  /// An order id that nobody has used.
  String nextOrder() {
    return "order-" + identity.terminal().value() + "-" + ++orders;
  }

  /// Scans a code and asks for the money.
  OrderState pay(String orderId, String code, String amount) {
    return terminal.codePayments(platform).pay(orderId, code, money(amount));
  }

  OrderState query(String orderId) {
    return terminal.codePayments(platform).query(orderId);
  }

  /// The platform's next answer to this shop gets lost.
  void loseNextReply() {
    proxy.loseNextReply();
  }

  /// Fetches a fresh pack.
  PackStatus refreshPack() {
    return terminal.refreshPack(platform);
  }

  Terminal terminal() {
    return terminal;
  }

  /// A phone held to this terminal. Neither has a connection: the bytes go from one to the other.
  TapOutcome tap(Payer payer, String amount) {
    payer.goTo(cell);
    TapCard card = payer.tapping().card();
    return terminal.take(card::process, money(amount));
  }

  /// As [#tap], when it has to be taken.
  TapOutcome.Accepted acceptedTap(Payer payer, String amount) {
    TapOutcome outcome = tap(payer, amount);
    if (outcome instanceof TapOutcome.Accepted accepted) {
      return accepted;
    }
    throw new StoryFailure(name + " did not take the tap: " + outcome);
  }

  /// Comes online and uploads what waits.
  List<TapUploader.Result> upload() {
    return terminal.uploader(platform).upload();
  }

  /// The same halves once more, as after a restore from a backup.
  List<TapUploader.Result> uploadCopyOf(Path journalCopy) {
    try (TerminalJournal copy = TerminalJournal.open(journalCopy)) {
      return new TapUploader(copy, platform).upload();
    }
  }

  /// Copies the journal as it is now.
  Path copyJournal() throws IOException {
    Path copy = stage.file(identity.merchant() + "-" + identity.terminal() + ".journal-copy");
    return Files.copy(journalFile(), copy);
  }

  private Path journalFile() {
    return stage.file(identity.merchant() + "-" + identity.terminal() + ".journal");
  }

  /// What the merchant's staff read.
  JsonElement statement(String path) {
    return stage.clearing(staff(), "/v1/merchants/" + merchantId() + path);
  }

  /// Has the platform tell the merchant what happens; returns the secret that proves it is the
  /// platform.
  String tellAt(String url) {
    JsonObject body = new JsonObject();
    body.addProperty("url", url);
    return RestClient.of(stage.transport(), stage.description().rest().notifyService(), staff())
        .put("/v1/merchants/" + merchantId() + "/webhook", body)
        .getAsJsonObject()
        .get("secret")
        .getAsString();
  }

  private BearerSource staff() {
    return stage.login("staff-" + merchantId(), "story");
  }

  private static Money money(String amount) {
    var parsed = Amounts.parse(amount, Stage.CURRENCY);
    return Money.of(parsed.getAmountMinor(), parsed.getCurrency());
  }

  @Override
  public void close() throws IOException {
    platform.close();
    proxy.close();
    terminal.close();
  }
}
