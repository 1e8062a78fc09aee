package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.expect;
import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What operators, auditors and risk officers type, on the real platform.
class OperatorCommandsIT {
  private static final Path FOLDER = RunningPlatform.folder("operators");
  private static final String TILL = FOLDER.resolve("till.terminal").toString();
  private static final String[] AUDITOR = {"--user", "auditor", "--user-password=sandbox"};
  private static final String[] RISK_OFFICER = {
    "--user", "risk-officer", "--user-password=sandbox"
  };
  private static final String[] PAYER = {"--user", "otto", "--user-password=secret"};

  private static String wallet = "";

  @BeforeAll
  static void enrol() throws Exception {
    Files.createDirectories(FOLDER);
    wallet = Payers.enrolled(FOLDER, "otto", "secret", "739164");
    ok("terminal", "setup", "--terminal", TILL, "--merchant", "OFFICE", "--id", "O1");
    ok(setup("O2"));
    ok(retire("O2"));
    String other = Payers.enrolled(FOLDER, "rupert", "secret", "739164");
    String frozen = Payers.frozen(other, TILL).get("paymentId").getAsString();
    ok("risk", "return", frozen, "--because", "nobody answers");
  }

  private static String[] setup(String id) {
    String file = FOLDER.resolve(id + ".terminal").toString();
    return new String[] {
      "terminal", "setup", "--terminal", file, "--merchant", "OFFICE", "--id", id
    };
  }

  private static String[] retire(String id) {
    return new String[] {
      "terminal", "retire", "--merchant", "OFFICE", "--id", id, "--reason", "left in a taxi"
    };
  }

  @Test
  void aRetiredTerminalIsOutUntilItIsReinstated() {
    String[] pack = {"terminal", "pack", "--terminal", FOLDER.resolve("O3.terminal").toString()};
    ok(setup("O3"));
    ok(pack);

    ok(retire("O3"));

    expect(ExitStatus.REFUSED, pack);
    expect(ExitStatus.REFUSED, setup("O3"));
    ok(retire("O3"));
    ok(join(setup("O3"), "--reinstate"));
    ok(pack);
    expect(ExitStatus.REFUSED, retire("O9"));
  }

  /// The row is put back, so that the platform's logs are sound again for whoever looks next.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed.security_event     | security_event | actor
          clearing.payment_change | payment_change | state
          verify.terminal_event   | terminal_event | actor
          clearing.review         | review         | officer
          clearing.operator_call  | operator_call  | caller
          """)
  void auditNamesTheRowThatWasTamperedWith(String table, String log, String column) {
    pay("1.00");
    Eventually.holds("rows are sealed", () -> sealedRows(log) > 0);
    assertThat(ok("audit", "verify")).contains(log, "sound").doesNotContain("NOT SOUND");
    Path heads = FOLDER.resolve(log + ".heads");
    ok("audit", "verify", "--heads", heads.toString());

    String row = AdministratorSql.text("select max(written_id) from %s".formatted(sealed(table)));
    String where = " where written_id = " + row;
    String before = AdministratorSql.text("select " + column + " from " + table + where);
    set(table, column, "forged", where);
    try {
      Commands.Answer answer = expect(ExitStatus.REFUSED, "audit", "verify");
      assertThat(answer.text()).contains(log, "NOT SOUND", "row-altered", row);
      expect(ExitStatus.REFUSED, "audit", "verify", "--heads", heads.toString());
    } finally {
      set(table, column, before, where);
    }
    ok("audit", "verify", "--heads", heads.toString());
  }

  private static void set(String table, String column, String value, String where) {
    assertThat(
            AdministratorSql.change(
                "update %s set %s = '%s'%s".formatted(table, column, value, where)))
        .isOne();
  }

  /// Rows that the chain covers already.
  private static String sealed(String table) {
    String schema = table.substring(0, table.indexOf('.'));
    String log = table.substring(table.indexOf('.') + 1);
    return "%1$s join %2$s.audit_segment s on s.log = '%3$s' and written_id = any (s.row_ids)"
        .formatted(table, schema, log);
  }

  private static long sealedRows(String log) {
    return json("audit", "verify").getAsJsonArray("logs").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(one -> one.get("log").getAsString().equals(log))
        .mapToLong(one -> one.get("sealedRows").getAsLong())
        .sum();
  }

  @Test
  void auditIsForAuditors() {
    ok(join(new String[] {"audit", "verify"}, AUDITOR));
    expect(ExitStatus.REFUSED, join(new String[] {"audit", "verify"}, PAYER));
    expect(ExitStatus.REFUSED, join(new String[] {"audit", "verify"}, RISK_OFFICER));
  }

  /// A real event that notify-service can't take, for a reason that an operator removes.
  @Test
  void deadLetterIsDeliveredAgainOnceItsCauseIsGone() throws Exception {
    AdministratorSql.change(
        "alter table notify.inbox_item add constraint poisoned check (payer_id <> 'otto') not valid");
    String letter;
    try {
      String payment = pay("3.30");
      Eventually.holds("the event is given up", () -> !letters().isEmpty());
      letter = letters().getFirst().get("id").getAsString();
      assertThat(letters().getFirst().get("reason").getAsString()).isEqualTo("HANDLER_FAILED");
      assertThat(ok("deadletters", "list")).contains("notify", letter, "payments", "poisoned");
      assertThat(inbox()).doesNotContain(payment);
      assertThat(expect(ExitStatus.REFUSED, replay(letter)).text()).contains("failed again");
      isForOperatorsOnly(letter);
    } finally {
      AdministratorSql.change("alter table notify.inbox_item drop constraint poisoned");
    }
    assertThat(ok(replay(letter))).contains("delivered");
    ok("deadletters", "replay", "--service", "notify", "--all");
    assertThat(letters()).isEmpty();
    assertThat(inbox()).contains("3.30");
    expect(ExitStatus.REFUSED, replay(letter));
  }

  private static void isForOperatorsOnly(String letter) {
    String[] list = {"deadletters", "list"};
    ok(join(list, AUDITOR));
    expect(ExitStatus.REFUSED, join(list, RISK_OFFICER));
    expect(ExitStatus.REFUSED, join(list, PAYER));
    for (String[] other : List.of(AUDITOR, RISK_OFFICER, PAYER)) {
      assertThat(expect(ExitStatus.REFUSED, join(replay(letter), other)).text())
          .doesNotContain("failed again");
    }
    assertThat(letters()).anyMatch(one -> one.get("id").getAsString().equals(letter));
  }

  private static String[] replay(String letter) {
    return new String[] {"deadletters", "replay", "--service", "notify", letter};
  }

  private static List<JsonObject> letters() {
    return json("deadletters", "list", "--service", "notify")
        .getAsJsonArray("deadLetters")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static String inbox() {
    return ok("wallet", "inbox", "--wallet", wallet);
  }

  @Test
  void keysStatusSaysWhatNeedsWhichVersion() {
    assertThat(ok("keys", "status"))
        .contains("seed: seals with version", "notify: seals with version", "seed.sealed");
    ok(join(new String[] {"keys", "status"}, AUDITOR));
    expect(ExitStatus.REFUSED, join(new String[] {"keys", "status"}, PAYER));
  }

  @Test
  void riskExplainsAndReplaysWhatItDecided() throws Exception {
    Instant begin = Instant.now();
    String payer = Payers.enrolled(FOLDER, "rita", "secret", "739164");
    String frozen = Payers.frozen(payer, TILL).get("paymentId").getAsString();

    assertThat(ok("risk", "explain", frozen)).contains(frozen, "FREEZE", "frequency", "payments");
    assertThat(json("risk", "explain", frozen).getAsJsonArray("findings")).isNotEmpty();
    expect(ExitStatus.REFUSED, "risk", "explain", "pay_unknown");
    expect(ExitStatus.REFUSED, join(new String[] {"risk", "explain", frozen}, PAYER));

    String[] since = {
      "risk", "replay", "--from", begin.toString(), "--to", Instant.now().toString()
    };
    JsonObject same = json(since);
    assertThat(same.get("decisions").getAsInt()).isGreaterThanOrEqualTo(3);
    assertThat(same.get("reproduced")).isEqualTo(same.get("decisions"));
    Path lenient = FOLDER.resolve("lenient.yaml");
    Files.writeString(lenient, "version: lenient\norder: [double_spend]\n");
    assertThat(ok(join(since, "--config", lenient.toString()))).contains(frozen, "lenient+");
    Files.writeString(lenient, "version: lenient\nrules: {nonsense: {}}\n");
    expect(ExitStatus.USAGE, join(since, "--config", lenient.toString()));
  }

  @Test
  void anOfficerReleasesWhatIsFrozenAndTheChallengeIsWithdrawn() throws Exception {
    String payer = Payers.enrolled(FOLDER, "renate", "secret", "739164");
    JsonObject asked = Payers.frozen(payer, TILL);
    String frozen = asked.get("paymentId").getAsString();
    String challenge = asked.get("challengeId").getAsString();
    String[] release = {"risk", "release", frozen, "--because", "called back"};

    assertThat(ok("risk", "waiting")).contains(frozen, "FROZEN", "frequency", "one officer");
    ok(join(new String[] {"risk", "waiting"}, AUDITOR));
    expect(ExitStatus.REFUSED, join(release, AUDITOR));
    expect(ExitStatus.REFUSED, join(release, PAYER));
    expect(ExitStatus.USAGE, "risk", "release", frozen);
    assertThat(ok(release)).contains("CLEARED", "review_released", "called back");

    assertThat(ok(release)).contains("CLEARED");
    expect(ExitStatus.REFUSED, "risk", "return", frozen, "--because", "second thoughts");
    Payers.awaitCleared(payer, frozen);
    Eventually.holds(
        "the challenge is withdrawn", () -> challengeState(challenge).equals("expired"));
    assertThat(ok("risk", "waiting")).doesNotContain(frozen);
    assertThat(ok("ledger", "check")).contains("the ledger is sound");
  }

  private static String challengeState(String challenge) {
    return AdministratorSql.text(
        "select state from notify.challenge where challenge_id = '%s'".formatted(challenge));
  }

  @Test
  void riskShowsTheThresholdsInForce() {
    assertThat(ok("risk", "thresholds")).contains("thresholds sandbox-", "frequency");
    expect(ExitStatus.REFUSED, join(new String[] {"risk", "thresholds"}, PAYER));
  }

  /// Pays by code; returns the payment's id.
  private static String pay(String amount) {
    String[] code = {"wallet", "code", "--offline", "--refresh", "--digits-only"};
    String digits = ok(join(code, "--wallet", wallet)).strip();
    JsonObject paid =
        json("terminal", "pay", "--terminal", TILL, "--code", digits, "--amount", amount);
    return Optional.ofNullable(paid.get("paymentId")).orElseThrow().getAsString();
  }
}
