package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.expect;
import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a script does with `./tally`: the real commands on the real platform, judged by exit status
/// and output.
class CommandLineIT {
  private static final Path FOLDER = RunningPlatform.folder("command-line");
  private static final String WALLET = FOLDER.resolve("olga.wallet").toString();
  private static final String TERMINAL = FOLDER.resolve("kiosk.terminal").toString();
  private static final String PAYMENT_PASSWORD = "--payment-password=739164";
  private static final String[] STAFF = {
    "--merchant", "KIOSK-9", "--user", "staff-KIOSK-9", "--user-password=secret"
  };

  @BeforeAll
  static void enrol() throws Exception {
    Files.createDirectories(FOLDER);
    ok("bank", "deposit", "--payer", "olga", "--amount", "300.00");
    login(WALLET, "wallet", "password", "set", "--new=739164");
    login(WALLET, "wallet", "enrol", PAYMENT_PASSWORD);
    ok("terminal", "setup", "--terminal", TERMINAL, "--merchant", "KIOSK-9", "--id", "K1");
  }

  @Test
  void paysByCodeOnceAndOnlyOnce() throws Exception {
    Path png = FOLDER.resolve("code.png");
    String code = code("--png", png.toString());
    assertThat(code).matches("36[0-9]{18}");
    assertThat(Files.size(png)).isPositive();
    String[] pay = {"terminal", "pay", "--terminal", TERMINAL, "--code", code, "--amount", "4.20"};
    assertThat(ok(join(pay, "--order", "cli-1"))).contains("4.20");
    expect(ExitStatus.REFUSED, join(pay, "--order", "cli-2"));
    assertThat(ok("terminal", "query", "--terminal", TERMINAL, "--order", "cli-1"))
        .contains("4.20");
    assertThat(ok("wallet", "bills", "--wallet", WALLET)).contains("4.20");
  }

  @Test
  void tapsOfflineAndUploadsBothHalves() {
    ok("wallet", "tap", "--wallet", WALLET, "--terminal", TERMINAL, "--amount", "1.10");
    ok("terminal", "upload", "--terminal", TERMINAL);
    ok("wallet", "upload", "--wallet", WALLET);
    assertThat(ok("terminal", "journal", "--terminal", TERMINAL)).isNotBlank();
  }

  @Test
  void takesBackAndGivesBack() {
    pay("back-1", "6.00");
    assertThat(outcome("terminal", "reverse", "--terminal", TERMINAL, "--order", "back-1"))
        .isEqualTo("reversed");
    assertThat(outcome("terminal", "reverse", "--terminal", TERMINAL, "--order", "not-yet"))
        .isEqualTo("reversed");
    String late = code();
    String[] pay = {"terminal", "pay", "--terminal", TERMINAL, "--code", late, "--amount", "6.00"};
    expect(ExitStatus.REFUSED, join(pay, "--order", "not-yet"));
    pay("back-2", "6.00");
    String[] refund = {
      "terminal", "refund", "--terminal", TERMINAL, "--order", "back-2", "--refund", "r-1"
    };
    JsonObject first = json(join(refund, "--amount", "2.50"));
    assertThat(json(join(refund, "--amount", "2.50"))).isEqualTo(first);
    assertThat(first.get("refundedMinor").getAsLong()).isEqualTo(250);
    expect(
        ExitStatus.REFUSED,
        "terminal",
        "refund",
        "--terminal",
        TERMINAL,
        "--order",
        "back-2",
        "--amount",
        "9.00");
  }

  @Test
  void showsTheMerchantItsOwnBooksOnly() {
    pay("books-1", "2.30");
    JsonObject payments = json(join(new String[] {"merchant", "payments"}, STAFF));
    assertThat(payments.getAsJsonArray("items"))
        .anyMatch(item -> item.getAsJsonObject().get("orderId").getAsString().equals("books-1"));
    ok(join(new String[] {"merchant", "statement"}, STAFF));
    expect(
        ExitStatus.REFUSED,
        "merchant",
        "payments",
        "--merchant",
        "OTHER-1",
        STAFF[2],
        STAFF[3],
        STAFF[4]);
  }

  @Test
  void keepsAMerchantsWebhook() {
    JsonObject set =
        json(join(new String[] {"merchant", "webhook", "set", "https://localhost:1/told"}, STAFF));
    assertThat(set.get("secret").getAsString()).startsWith("whsec_");
    JsonObject shown = json(join(new String[] {"merchant", "webhook", "show"}, STAFF));
    assertThat(shown.get("url").getAsString()).isEqualTo("https://localhost:1/told");
    assertThat(shown.has("secret")).isFalse();
    JsonObject sent = json(join(new String[] {"merchant", "webhook", "test"}, STAFF));
    String[] again = {"merchant", "webhook", "redeliver", sent.get("deliveryId").getAsString()};
    ok(join(again, STAFF));
    assertThat(
            json(join(new String[] {"merchant", "webhook", "deliveries"}, STAFF))
                .getAsJsonArray("items"))
        .isNotEmpty();
    ok(join(new String[] {"merchant", "webhook", "delete"}, STAFF));
    expect(ExitStatus.REFUSED, join(new String[] {"merchant", "webhook", "show"}, STAFF));
  }

  @Test
  void renewsAndRevokes() {
    String wallet = FOLDER.resolve("pia.wallet").toString();
    ok("bank", "deposit", "--payer", "pia", "--amount", "300.00");
    loginAs("pia", wallet, "wallet", "password", "set", "--new=739164");
    loginAs("pia", wallet, "wallet", "enrol", PAYMENT_PASSWORD);
    ok("wallet", "renew", "--wallet", wallet, PAYMENT_PASSWORD);
    assertThat(ok("wallet", "balance", "--wallet", wallet)).contains("100.00", "200.00");
    expect(ExitStatus.REFUSED, "wallet", "revoke", "--wallet", wallet, "--payment-password=111111");
    ok("wallet", "revoke", "--wallet", wallet, PAYMENT_PASSWORD);
    String code =
        ok("wallet", "code", "--offline", "--refresh", "--digits-only", "--wallet", wallet).strip();
    expect(
        ExitStatus.REFUSED,
        "terminal",
        "pay",
        "--terminal",
        TERMINAL,
        "--code",
        code,
        "--amount",
        "1.00");
  }

  @Test
  void provesTheLedgerAndShowsKeys() {
    assertThat(ok("ledger", "check", "--json")).contains("\"sound\" : true");
    assertThat(ok("keys", "show", "--pem")).contains("root", "issuer", "BEGIN PUBLIC KEY");
  }

  @Test
  void saysWhatIsWrong() {
    expect(ExitStatus.USAGE, "wallet", "code", "--wallet");
    expect(ExitStatus.USAGE, "no-such-command");
    expect(
        ExitStatus.REFUSED,
        "terminal",
        "pay",
        "--terminal",
        TERMINAL,
        "--code",
        "123",
        "--amount",
        "1.00");
  }

  private static String code(String... options) {
    String[] command = {
      "wallet", "code", "--offline", "--refresh", "--digits-only", "--wallet", WALLET
    };
    return ok(join(command, options)).strip();
  }

  private static void pay(String order, String amount) {
    String code = code();
    ok(
        "terminal",
        "pay",
        "--terminal",
        TERMINAL,
        "--code",
        code,
        "--amount",
        amount,
        "--order",
        order);
  }

  private static String outcome(String... arguments) {
    return json(arguments).get("outcome").getAsString();
  }

  private static void login(String wallet, String... command) {
    loginAs("olga", wallet, command);
  }

  private static void loginAs(String user, String wallet, String... command) {
    ok(join(command, "--user", user, "--user-password=secret", "--wallet", wallet));
  }
}
