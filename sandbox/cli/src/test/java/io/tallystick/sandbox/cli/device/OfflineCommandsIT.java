package io.tallystick.sandbox.cli.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.CardAccountNumber;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.authorisation.PlatformNumber;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.pack.TerminalPolicy;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.Tally;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that need no connection, on files as a script would name them.
class OfflineCommandsIT {
  @TempDir Path folder;

  private final SecureRandom random = new SecureRandom();
  private final Sm2PrivateKey root = Sm2PrivateKey.generate(random);
  private final Sm2PrivateKey issuer = Sm2PrivateKey.generate(random);
  private final Instant now = Instant.now();
  private final IssuerCertificate certificate =
      IssuerCertificate.sign(
          new IssuerCertificate.Subject(
              new IssuerNumber(1),
              new CertificateExpiry.EndOfMonth(YearMonth.of(2099, 12)),
              1,
              issuer.publicKey()),
          NetworkProfile.DEFAULT,
          1,
          root,
          random);
  private final Seed seed = Seed.generate(random);
  private String wallet;
  private String terminal;

  @BeforeEach
  void enrolAndSetUp() throws IOException {
    wallet = folder.resolve("alice.wallet").toString();
    terminal = folder.resolve("till-1").toString();
    try (Wallet opened = WalletOption.open(Path.of(wallet))) {
      Enrolment enrolment = enrolment();
      opened.update(state -> new Change<>(state.enrolled(enrolment), true));
    }
    TerminalFile file =
        new TerminalFile(
            Path.of(terminal),
            new TerminalIdentity(
                MerchantId.of("shop-1"),
                TerminalId.of("till-1"),
                Sm2PrivateKey.generate(random),
                root.publicKey()),
            folder.resolve("ca.pem"),
            folder.resolve("till.pem"),
            folder.resolve("till.key"));
    file.write();
  }

  @Test
  void takesATapBetweenTwoFiles() throws IOException {
    installPack();
    JsonObject tap =
        json(
            "wallet",
            "tap",
            "--wallet",
            wallet,
            "--terminal",
            terminal,
            "--amount",
            "12.50",
            "--place",
            "31.23,121.47",
            "--json",
            "--apdu");

    assertThat(tap.get("outcome").getAsString()).isEqualTo("accepted");
    assertThat(tap.get("cover").getAsString()).isEqualTo("guaranteed");
    assertThat(tap.get("allowanceLeftMinor").getAsLong()).isEqualTo(8_750);
    assertThat(tap.get("receiptDelivered").getAsBoolean()).isTrue();
    assertThat(tap.getAsJsonArray("apdus").get(0).getAsString()).startsWith("> 00a40400");

    JsonObject journal = json("terminal", "journal", "--terminal", terminal, "--json");
    assertThat(journal.getAsJsonArray("waiting").get(0).getAsJsonObject().get("serial"))
        .isEqualTo(tap.get("serial"));
    JsonObject shown = json("wallet", "show", "--wallet", wallet, "--json");
    assertThat(shown.get("waiting").getAsInt()).isEqualTo(1);
    assertThat(shown.getAsJsonArray("taps").get(0).getAsJsonObject().get("receipt").getAsString())
        .isEqualTo("accepted");
  }

  @Test
  void saysWhyATapWasNotTaken() throws IOException {
    Run noPack =
        run("terminal", "accept", "--terminal", terminal, "--wallet", wallet, "--amount", "1.00");
    assertThat(noPack.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(noPack.out()).contains("the terminal takes no taps now (no_pack)");

    installPack();
    Run tooMuch =
        run(
            "terminal",
            "accept",
            "--terminal",
            terminal,
            "--wallet",
            wallet,
            "--amount",
            "1000.01");
    assertThat(tooMuch.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(tooMuch.out()).contains("the wallet refused (amount_too_large)");
  }

  @Test
  void printsATapForAPerson() throws IOException {
    installPack();
    Run run = run("wallet", "tap", "--wallet", wallet, "--terminal", terminal, "--amount", "12.50");
    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    assertThat(run.out())
        .contains("paid 12.50 CNY to shop-1 at terminal till-1")
        .contains("allowance left   87.50 CNY")
        .contains("kept by the wallet");
  }

  @Test
  void showsACodeThatTheSeedMatchesAndDrawsIt() throws IOException {
    Path png = folder.resolve("code.png");
    JsonObject code =
        json("wallet", "code", "--wallet", wallet, "--offline", "--png", png.toString(), "--json");
    String digits = code.get("code").getAsString();

    assertThat(code.get("kind").getAsString()).isEqualTo("offline");
    assertThat(OfflineCodes.match(seed, digits.substring(12), Instant.now())).isPresent();
    assertThat(Files.size(png)).isGreaterThan(500);
    Run drawn = run("wallet", "code", "--wallet", wallet, "--offline", "--refresh");
    assertThat(drawn.out()).contains("█").contains("offline code, shown for");
    assertThat(drawn.out()).doesNotContain(digits.substring(12));
  }

  @Test
  void keepsTheTerminalsKeysToItsOwner() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(terminal))))
        .isEqualTo("rw-------");
  }

  @Test
  void anEmptyWalletHasNoCode() {
    String empty = folder.resolve("empty.wallet").toString();
    assertThat(run("wallet", "code", "--wallet", empty, "--offline").status())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run("wallet", "show", "--wallet", empty).out()).contains("not enrolled");
  }

  private void installPack() throws IOException {
    DenyList denyList = DenyList.sign(1, now, List.of(), certificate, issuer, random);
    TerminalPolicy policy =
        new TerminalPolicy(
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofMinutes(2),
            0,
            List.of(Money.of(500_000, "CNY")));
    TerminalPack pack =
        TerminalPack.sign(
            new PackContent(1, now, root.publicKey(), List.of(certificate), policy, denyList),
            issuer,
            random);
    try (Terminal opened = TerminalFile.read(Path.of(terminal)).open()) {
      assertThat(opened.install(pack.encode())).isEqualTo(PackStatus.GOOD);
    }
  }

  private Enrolment enrolment() {
    Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    Instant expiresAt = now.plus(Duration.ofDays(30));
    DeviceAuthorisation authorisation =
        DeviceAuthorisation.sign(
            certificate,
            new AuthorisationTerms(
                new AccountNumber("8041733902518467"),
                new CardAccountNumber("0".repeat(20)),
                new IssuerNumber(1),
                new PlatformNumber(1),
                0,
                100_000,
                key.publicKey(),
                expiresAt,
                60,
                new OfflineAllowance(
                    DeviceId.generate(random), 10_000, 20, false, new KeyEpoch(1))),
            issuer,
            random);
    return new Enrolment(
        "alice",
        "phone",
        key,
        authorisation,
        seed,
        Alias.generate(random),
        expiresAt,
        CodeNetwork.DEFAULT);
  }

  private JsonObject json(String... arguments) {
    Run run = run(arguments);
    assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.OK);
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private record Run(int status, String out) {}

  private static Run run(String... arguments) {
    PrintStream standard = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int status = Tally.commandLine().execute(arguments);
      return new Run(status, out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standard);
    }
  }
}
