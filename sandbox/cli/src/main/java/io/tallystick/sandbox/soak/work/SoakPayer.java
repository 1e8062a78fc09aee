package io.tallystick.sandbox.soak.work;

import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.sandbox.cli.operator.BankCommand;
import io.tallystick.sandbox.soak.told.Line.What;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.story.Stage;
import io.tallystick.sdk.wallet.HostMonotonicClock;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.WalletTime;
import io.tallystick.sdk.wallet.client.PayerSession;
import io.tallystick.sdk.wallet.client.WalletClient;
import io.tallystick.sdk.wallet.code.CodeView;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import io.tallystick.sdk.wallet.file.FileWalletStore;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.util.Optional;

/// Someone with an enrolled phone, money, a telephone number and a face.
final class SoakPayer implements AutoCloseable {
  static final String PAYMENT_PASSWORD = "739164";

  private static final String LOGIN_PASSWORD = "soak";
  private static final long DEPOSIT_MINOR = 300_000;
  private static final LocationCell HERE = LocationCell.of(31.2304, 121.4737);

  private final String id;
  private final Till.Habit habit;
  private final SettableClock clock;
  private final Wallet wallet;
  private final WalletClient client;

  private SoakPayer(
      String id, Till.Habit habit, SettableClock clock, Wallet wallet, WalletClient client) {
    this.id = id;
    this.habit = habit;
    this.clock = clock;
    this.wallet = wallet;
    this.client = client;
  }

  /// Arrives, is paid, and enrols.
  static SoakPayer arrive(Stage stage, int number, Till.Habit habit, ToldJournal journal) {
    String id = "payer-%02d".formatted(number);
    SettableClock clock = new SettableClock();
    Wallet wallet =
        Wallet.open(
            FileWalletStore.open(stage.file(id + ".wallet")),
            new WalletTime(clock, HostMonotonicClock.create()));
    WalletClient client =
        WalletClient.connect(
            wallet,
            stage.transport(),
            stage.addresses(),
            PayerSession.of(stage.login(id, LOGIN_PASSWORD)),
            stage.root());
    client.paymentPassword().set(PAYMENT_PASSWORD);
    deposit(stage, id);
    journal.told(0, What.DEPOSIT, id, "amountMinor", DEPOSIT_MINOR);
    Patience.until(() -> client.devices().enrol(id + "'s phone", PAYMENT_PASSWORD));
    Patience.until(() -> client.challenges().registerContact());
    Patience.until(() -> client.challenges().registerPasskey(Optional.empty(), true));
    return new SoakPayer(id, habit, clock, wallet, client);
  }

  private static void deposit(Stage stage, String id) {
    BankCommand.deposit(
        stage.description(),
        id,
        io.tallystick.api.common.v1.Money.newBuilder()
            .setAmountMinor(DEPOSIT_MINOR)
            .setCurrency(Stage.CURRENCY)
            .build(),
        "soak-" + id);
  }

  String id() {
    return id;
  }

  /// When this wallet sends its halves.
  Till.Habit habit() {
    return habit;
  }

  SettableClock clock() {
    return clock;
  }

  Wallet wallet() {
    return wallet;
  }

  WalletClient client() {
    return client;
  }

  TapWallet tapping() {
    return TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(HERE));
  }

  /// A code that was not on the screen before, made by the server.
  Optional<PaymentCode> onlineCode() {
    return shown(client.codes().refresh());
  }

  /// A code that was not on the screen before, made without a connection; none when this minute's
  /// are used up.
  Optional<PaymentCode> offlineCode() {
    return shown(PaymentCodes.of(wallet, OnlineCodeSource.OFFLINE).refresh());
  }

  private static Optional<PaymentCode> shown(CodeView view) {
    return view instanceof CodeView.Shown shown ? Optional.of(shown.code()) : Optional.empty();
  }

  @Override
  public void close() {
    wallet.close();
  }
}
