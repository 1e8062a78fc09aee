package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.expect;
import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.e2e.WebhookReceiver.Told;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.device.TerminalFile;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.proxy.FaultyLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything that can be changed while the platform runs, changed while wallets pay: no payment
/// may fail.
class RotationIT {
  private static final Path FOLDER = RunningPlatform.folder("rotation");
  private static final String MERCHANT = "ROTATE-1";
  private static final String[] STAFF = {
    "--merchant", MERCHANT, "--user", "staff-" + MERCHANT, "--user-password=secret"
  };
  private static final String PAYMENT_PASSWORD = "--payment-password=739164";
  private static final int WALLETS = 8;

  /// Payments that show that paying goes on.
  private static final int SOME = 3;

  private static CodeLoad load;

  @BeforeAll
  static void startPaying() throws Exception {
    Files.createDirectories(FOLDER);
    List<Path> wallets = new ArrayList<>();
    for (int i = 0; i < WALLETS; i++) {
      wallets.add(Path.of(enrolled("rota" + i)));
    }
    String till = terminal("till", MERCHANT);
    load =
        CodeLoad.start(
            TerminalFile.read(Path.of(till)),
            RunningPlatform.get().description().grpc().verifyService(),
            wallets);
    awaitMorePaid();
  }

  @AfterEach
  void nothingFailed() {
    awaitMorePaid();
    assertThat(load.failures()).isEmpty();
  }

  @AfterAll
  static void theLedgerIsSound() {
    load.close();
    assertThat(load.failures()).isEmpty();
    System.out.printf("%d payments paid while keys changed, none failed%n", load.paid());
    ok("ledger", "check");
  }

  @Test
  void keyEncryptionKeysOfSeeds() {
    SealingKeys keys = new SealingKeys("seed");
    int old = keys.current();
    keys.rotate();
    keys.remove(old);
    Eventually.holds("what rows need is held back", () -> keys.has("heldBack", old));
    awaitMorePaid();
    resealAndLetGo(keys, old);
  }

  @Test
  void keyEncryptionKeysOfContactsAndWebhooks() {
    ok("wallet", "contact", "--wallet", enrolled("told"));
    SealingKeys keys = new SealingKeys("notify");
    int old = keys.current();
    keys.rotate();
    keys.remove(old);
    Eventually.holds("what rows need is held back", () -> keys.has("heldBack", old));
    resealAndLetGo(keys, old);
  }

  private static void resealAndLetGo(SealingKeys keys, int old) {
    ok("keys", "reseal", "--wait", "--service", keys.service());
    JsonObject job = keys.status().getAsJsonObject("job");
    assertThat(job.get("broken").getAsLong()).isZero();
    assertThat(job.get("resealed").getAsLong()).isPositive();
    // Online codes of other tests end within a minute.
    Eventually.holds("the old version is gone", () -> !keys.has("versions", old));
  }

  @Test
  void issuerKey() {
    String before = enrolled("stays");
    String renewed = enrolled("renews");
    String other = terminal("other", "ROTATE-2");
    tap(before, other, "1.10");
    int issuers = issuers();

    ok("keys", "rotate-issuer");

    assertThat(issuers()).isEqualTo(issuers + 1);
    // Authorised by the earlier key, taken with a pack that the new one signed.
    Eventually.holds("a pack has the new issuer", () -> issuersInPack(other) == issuers + 1);
    tap(before, other, "1.20");
    ok("wallet", "renew", PAYMENT_PASSWORD, "--wallet", renewed);
    tap(renewed, other, "1.30");
    ok("terminal", "upload", "--terminal", other);
    awaitCleared(before, 2);
    awaitCleared(renewed, 1);
  }

  @Test
  void terminalCertificate() throws Exception {
    RunningPlatform.get().ca().terminal(MERCHANT, "till");
    load.connection().renewed();
    awaitMorePaid();

    String wallet = enrolled("waiter");
    String other = terminal("third", "ROTATE-3");
    tap(wallet, other, "2.10");
    String[] renew = {"terminal", "renew-certificate", "--terminal", other};
    assertThat(json(renew).get("renewed").getAsBoolean()).isTrue();
    ok("terminal", "upload", "--terminal", other);
    awaitCleared(wallet, 1);
    assertThat(json(join(renew, "--if-due")).get("renewed").getAsBoolean()).isFalse();
  }

  @Test
  void serviceCertificates() throws Exception {
    for (Map.Entry<String, List<String>> service : addresses().entrySet()) {
      var certificate = ServerCertificates.replace(service.getKey());
      for (String address : service.getValue()) {
        Eventually.holds(
            service.getKey() + " presents the new one at " + address,
            () -> ServerCertificates.presentedAt(address).equals(certificate));
      }
    }
    // Connections of before go on; new ones meet the new certificates at both ends.
    RunningPlatform.LINKS.matching("verify>clearing").forEach(FaultyLink::reset);
    awaitMorePaid();
    terminal("fresh", "ROTATE-4");
  }

  private static Map<String, List<String>> addresses() {
    PlatformDescription platform = RunningPlatform.get().description();
    return Map.of(
        "seed",
            List.of(platform.rest().seedService().getAuthority(), platform.grpc().seedService()),
        "verify",
            List.of(
                platform.rest().verifyService().getAuthority(), platform.grpc().verifyService()),
        "clearing",
            List.of(
                platform.rest().clearingService().getAuthority(),
                platform.grpc().clearingService()),
        "risk",
            List.of(platform.rest().riskService().getAuthority(), platform.grpc().riskService()),
        "notify", List.of(platform.rest().notifyService().getAuthority()));
  }

  @Test
  void webhookSecret() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      String[] set = {"merchant", "webhook", "set", receiver.url()};
      String first = json(join(set, STAFF)).get("secret").getAsString();
      Eventually.holds("the merchant is told", () -> receiver.told().size() >= SOME);
      String[] rotate = {"merchant", "webhook", "rotate-secret"};
      String second = json(join(rotate, STAFF)).get("secret").getAsString();
      assertThat(second).isNotEqualTo(first);

      // One under way at that moment may have the first signature alone; those after have both.
      Eventually.holds(
          "both secrets sign",
          () -> receiver.told().stream().filter(Told::isSignedTwice).count() >= SOME);
      assertThat(receiver.told()).allMatch(told -> told.isSignedBy(first));
      assertThat(receiver.told())
          .filteredOn(Told::isSignedTwice)
          .allMatch(told -> told.isSignedBy(second));
      ok(join(new String[] {"merchant", "webhook", "delete"}, STAFF));
    }
  }

  @Test
  void riskThresholds() throws Exception {
    Path file =
        RunningPlatform.get()
            .description()
            .certificatesFolder()
            .resolveSibling("risk-thresholds.yaml");
    String before = Files.readString(file);
    Instant begin = Instant.now();
    try {
      Files.writeString(file, "version: changed\nrules: {speed: {max_km_per_hour: 900}}\n");
      Eventually.holds("they are in force", () -> thresholds().startsWith("changed+"));
      awaitMorePaid();
      Files.writeString(file, "version: wrong\nrules: {speed: {max_km_per_hour: 0}}\n");
      Eventually.holds(
          "they are refused",
          () -> Commands.run("risk", "thresholds").status() == ExitStatus.REFUSED);
      assertThat(expect(ExitStatus.REFUSED, "risk", "thresholds").text())
          .contains("thresholds changed+", "NOT IN FORCE", "max_km_per_hour");
      awaitMorePaid();
    } finally {
      Files.writeString(file, before);
    }
    wouldHaveAsked(begin);
  }

  /// What other thresholds would have decided about the payments since then.
  private static void wouldHaveAsked(Instant begin) throws Exception {
    Path strict = FOLDER.resolve("strict.yaml");
    Files.writeString(strict, "version: strict\nrules: {new_device: {max_amount_minor: 50}}\n");
    String[] since = {
      "risk", "replay", "--from", begin.toString(), "--to", Instant.now().toString()
    };
    JsonObject replayed = json(join(since, "--config", strict.toString()));
    assertThat(replayed.get("decisions").getAsInt()).isPositive();
    assertThat(replayed.get("reproduced")).isEqualTo(replayed.get("decisions"));
    JsonArray differences = replayed.getAsJsonArray("differences");
    assertThat(differences).isNotEmpty();
    String payment =
        differences
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("decision")
            .get("paymentId")
            .getAsString();
    assertThat(ok("risk", "explain", payment, "--all"))
        .contains("CLEAR", "new_device", "thresholds");
  }

  private static String thresholds() {
    return Commands.run("risk", "thresholds", "--json").json().get("version").getAsString();
  }

  private static String terminal(String id, String merchant) {
    String file = FOLDER.resolve(id + ".terminal").toString();
    ok("terminal", "setup", "--terminal", file, "--merchant", merchant, "--id", id);
    return file;
  }

  private static String enrolled(String payer) {
    return Payers.enrolled(FOLDER, payer, "secret", "739164");
  }

  private static void tap(String wallet, String terminal, String amount) {
    ok("wallet", "tap", "--wallet", wallet, "--terminal", terminal, "--amount", amount);
  }

  private static void awaitMorePaid() {
    int from = load.paid();
    Eventually.holds(
        "payments go on", () -> load.paid() >= from + SOME || !load.failures().isEmpty());
  }

  private static void awaitCleared(String wallet, int payments) {
    Eventually.holds(
        payments + " payments are cleared",
        () ->
            json("wallet", "bills", "--wallet", wallet).getAsJsonArray("bills").asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(bill -> bill.get("state").getAsString().equals("cleared"))
                    .count()
                == payments);
  }

  private static int issuersInPack(String terminal) {
    return json("terminal", "pack", "--terminal", terminal).get("issuers").getAsInt();
  }

  private static int issuers() {
    return ok("keys", "show").split("issuer ", -1).length - 1;
  }
}
