package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.Tally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a script does with `./tally`: the real commands on the real platform, judged by exit status and output.
class CommandLineIT {
  private static final Path FOLDER = RunningPlatform.folder("command-line");
  private static final String WALLET = FOLDER.resolve("olga.wallet").toString();
  private static final String TERMINAL = FOLDER.resolve("kiosk.terminal").toString();

  private record Answer(int status, String text) {}

  @BeforeAll
  static void enrol() throws Exception {
    Files.createDirectories(FOLDER);
    String[] login = {"--user", "olga", "--user-password=secret", "--wallet", WALLET};
    ok("bank", "deposit", "--payer", "olga", "--amount", "300.00");
    ok(join(login, "wallet", "password", "set", "--new=739164"));
    ok(join(login, "wallet", "enrol", "--payment-password=739164"));
    ok("terminal", "setup", "--terminal", TERMINAL, "--merchant", "KIOSK-9", "--id", "K1");
    ok("terminal", "pack", "--terminal", TERMINAL);
  }

  @Test
  void paysByCodeOnceAndOnlyOnce() throws Exception {
    Path png = FOLDER.resolve("code.png");
    String code =
        ok("wallet", "code", "--offline", "--refresh", "--digits-only", "--png", png.toString(),
                "--wallet", WALLET)
            .strip();
    assertThat(code).matches("36[0-9]{18}");
    assertThat(Files.size(png)).isPositive();
    String[] pay = {"terminal", "pay", "--terminal", TERMINAL, "--code", code, "--amount", "4.20"};
    assertThat(ok(join(pay, "--order", "cli-1"))).contains("4.20");
    assertThat(run(join(pay, "--order", "cli-2")).status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(ok("terminal", "query", "--terminal", TERMINAL, "--order", "cli-1"))
        .contains("4.20");
    assertThat(ok("wallet", "bills", "--wallet", WALLET)).contains("4.20");
  }

  @Test
  void tapsOfflineAndUploadsBothHalves() throws Exception {
    ok("wallet", "tap", "--wallet", WALLET, "--terminal", TERMINAL, "--amount", "1.10");
    ok("terminal", "upload", "--terminal", TERMINAL);
    ok("wallet", "upload", "--wallet", WALLET);
    assertThat(ok("terminal", "journal", "--terminal", TERMINAL)).isNotBlank();
  }

  @Test
  void provesTheLedgerAndShowsKeys() throws Exception {
    assertThat(ok("ledger", "check", "--json")).contains("\"sound\" : true");
    assertThat(ok("keys", "show", "--pem")).contains("root", "issuer", "BEGIN PUBLIC KEY");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("wallet", "code", "--wallet").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run("no-such-command").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(
            run("terminal", "pay", "--terminal", TERMINAL, "--code", "123", "--amount", "1.00")
                .status())
        .isNotEqualTo(ExitStatus.OK);
  }

  private static String ok(String... arguments) {
    Answer answer = run(arguments);
    assertThat(answer.status()).as(String.join(" ", arguments) + "\n" + answer.text()).isZero();
    return answer.text();
  }

  private static Answer run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (arguments.length > 1 && needsPlatform(arguments)) {
      all.add("--platform");
      all.add(RunningPlatform.get().descriptionFile().toString());
    }
    PrintStream console = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      int status = Tally.commandLine().execute(all.toArray(String[]::new));
      return new Answer(status, text.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(console);
    }
  }

  private static boolean needsPlatform(String... arguments) {
    return !List.of("tap", "journal").contains(arguments[1]);
  }

  private static String[] join(String[] some, String... others) {
    List<String> all = new ArrayList<>();
    boolean commandFirst = !some[0].startsWith("-");
    all.addAll(List.of(commandFirst ? some : others));
    all.addAll(List.of(commandFirst ? others : some));
    return all.toArray(String[]::new);
  }
}
