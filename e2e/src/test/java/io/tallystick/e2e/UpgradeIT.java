package io.tallystick.e2e;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.Replica;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.platform.StartFailure;
import io.tallystick.sandbox.soak.check.Claims;
import io.tallystick.sandbox.soak.told.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An upgrade under load as the chart does it, from an earlier version whose build output
/// `upgrade.from` names: migrations first, while the version before serves; then one replica of
/// each service after another; and one of each back again. Each caller writes down what it was
/// told, and all of it has to be so in the end.
///
/// `docs/operations/upgrades.md` promises what is asserted here. Run by `./tally
/// upgrade-rehearsal`.
@Tag("upgrade")
class UpgradeIT {
  private static final long SEED = 2_029;

  /// More than the upgrade needs: the load ends when it does.
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(40);

  private static final Path FOLDER =
      Path.of("target", "upgrade-" + ProcessHandle.current().pid()).toAbsolutePath();
  private static final Path BEFORE =
      Path.of(requireNonNull(System.getProperty("upgrade.from"), "upgrade.from names no checkout"));
  private static final Path PRESENT = Path.of("..").toAbsolutePath().normalize();

  /// What PostgreSQL says when a version doesn't fit the schema.
  private static final Pattern MISFIT =
      Pattern.compile(
          "ERROR: .*(does not exist|ON CONFLICT specification|cached plan must not change"
              + "|violates|is of type|has more expressions).*");

  /// What PostgreSQL says to a migration that can't have a lock. A migration that locks several
  /// tables may also meet a payment that locks them the other way round, and then one of them ends.
  private static final Pattern GAVE_UP =
      Pattern.compile("due to lock timeout|ERROR: deadlock detected");

  private static final int JOB_RETRIES = 6;
  private static final int COLUMN_TRIES = 20;
  private static final String TABLES =
      """
      select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
      where schemaname in ('seed', 'verify', 'clearing', 'risk', 'notify')
        and tablename <> 'flyway_schema_history'
      order by 1
      """;
  private static final String MIGRATIONS =
      """
      select 'seed ' || script from seed.flyway_schema_history where success
      union all select 'verify ' || script from verify.flyway_schema_history where success
      union all select 'clearing ' || script from clearing.flyway_schema_history where success
      union all select 'risk ' || script from risk.flyway_schema_history where success
      union all select 'notify ' || script from notify.flyway_schema_history where success
      order by 1
      """;

  private static final List<Stage> STAGES = new ArrayList<>();
  private static LoadedPlatform loaded;

  /// What was done from when to when.
  private record Stage(String name, long fromMillis, long toMillis) {}

  @BeforeAll
  static void upgradeUnderLoad() throws Exception {
    loaded = LoadedPlatform.start(BEFORE, FOLDER);
    loaded.whilePaying(
        SEED,
        LONGEST_LOAD,
        () -> {
          stage("the version before", UpgradeIT::allConsume);
          stage("migrations without their locks", UpgradeIT::migrateWhileSomebodyReads);
          stage("migrations", UpgradeIT::migrate);
          stage("the version before starts on the new schema", () -> replace(2, BEFORE));
          stage("first replicas replaced", () -> replace(1, PRESENT));
          stage("second replicas replaced", () -> replace(2, PRESENT));
          stage("every table gets a column more", UpgradeIT::addColumns);
          stage("first replicas rolled back", UpgradeIT::rollBack);
        });
  }

  @AfterAll
  static void stop() throws Exception {
    if (loaded != null) {
      loaded.close();
    }
  }

  private static void stage(String name, LoadedPlatform.Work work) throws Exception {
    long from = System.currentTimeMillis();
    work.run();
    STAGES.add(new Stage(name, from, System.currentTimeMillis()));
    System.out.printf("upgrade: %s: %d ms%n", name, System.currentTimeMillis() - from);
  }

  private static void allConsume() {
    for (ServiceName service : ServiceName.values()) {
      loaded.bothConsume(new Replica(service, 1), new Replica(service, 2));
    }
  }

  /// Somebody's long report reads every table: what alters one can't have its lock, gives up before
  /// payments notice much, and leaves nothing.
  private static void migrateWhileSomebodyReads() throws Exception {
    List<String> before = texts(MIGRATIONS);
    try (Connection report = loaded.look();
        Statement statement = report.createStatement()) {
      report.setAutoCommit(false);
      statement.execute("lock table " + String.join(", ", texts(TABLES)) + " in access share mode");
      try {
        loaded.platform().migrate(PRESENT);
      } catch (StartFailure expected) {
        long gaveUp = 0;
        for (ServiceName service : ServiceName.values()) {
          Path log = FOLDER.resolve("services/" + service.moduleName() + "-migration.log");
          gaveUp += GAVE_UP.matcher(Files.readString(log)).find() ? 1 : 0;
        }
        System.out.printf("upgrade: %d migrations gave up%n", gaveUp);
        assertThat(gaveUp).isEqualTo(1 + expected.getSuppressed().length);
      }
      report.rollback();
    }
    assertThat(texts(MIGRATIONS)).containsAll(before);
  }

  private static void migrate() throws Exception {
    List<String> before = texts(MIGRATIONS);
    Map<ServiceName, Duration> took = migrateAsJobsDo();
    List<String> added = new ArrayList<>(texts(MIGRATIONS));
    before.forEach(added::remove);
    System.out.printf("upgrade: added %s; the Jobs took %s%n", added, took);
    allConsume();
  }

  /// Tried again, as `migrations.backoffLimit` of the chart says: a migration gives up when it
  /// can't have its locks.
  private static Map<ServiceName, Duration> migrateAsJobsDo() throws Exception {
    for (int retries = 0; ; retries++) {
      try {
        return loaded.platform().migrate(PRESENT);
      } catch (StartFailure failed) {
        System.out.printf("upgrade: a migration failed: %s%n", failed.getMessage());
        if (retries == JOB_RETRIES) {
          throw failed;
        }
      }
    }
  }

  /// One replica of each service after the other goes, its peer does everything meanwhile, and one
  /// of `checkout` comes in its place.
  private static void replace(int number, Path checkout) throws Exception {
    for (ServiceName service : ServiceName.values()) {
      Replica replica = new Replica(service, number);
      loaded.platform().stop(replica);
      loaded.platform().startAgain(replica, checkout);
    }
    for (ServiceName service : ServiceName.values()) {
      loaded.platform().awaitReady(new Replica(service, number));
    }
    allConsume();
  }

  /// As `helm rollback`: the Jobs of the version before have nothing to do.
  private static void rollBack() throws Exception {
    List<String> before = texts(MIGRATIONS);
    loaded.platform().migrate(BEFORE);
    assertThat(texts(MIGRATIONS)).isEqualTo(before);
    replace(1, BEFORE);
  }

  /// The least that the next release may do to the tables of this one.
  private static void addColumns() throws Exception {
    try (Connection connection = loaded.look();
        Statement statement = connection.createStatement()) {
      statement.execute(Platform.MIGRATION_SQL);
      for (String table : texts(TABLES)) {
        addColumn(statement, table);
      }
    }
    allConsume();
  }

  private static void addColumn(Statement statement, String table) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        statement.execute("alter table " + table + " add column of_the_next_release text");
        return;
      } catch (SQLException locked) {
        if (tries == COLUMN_TRIES) {
          throw locked;
        }
      }
    }
  }

  private static List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = loaded.look();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Test
  void everyPaymentIsAnswered() throws Exception {
    List<Line> lines = loaded.told();
    Map<String, Long> told = new Claims(lines).outcomes();
    System.out.printf("upgrade: told %s%n", told);
    List<PaymentWait> waits = PaymentWait.of(lines);
    assertThat(STAGES).allSatisfy(stage -> assertThat(lengths(stage, waits)).isNotEmpty());
    for (Stage stage : STAGES) {
      List<Duration> lengths = lengths(stage, waits);
      System.out.printf(
          "upgrade: %-45s %4d s, %4d payments, half within %d ms, longest %d ms%n",
          stage.name(),
          (stage.toMillis() - stage.fromMillis()) / 1_000,
          lengths.size(),
          lengths.get(lengths.size() / 2).toMillis(),
          lengths.getLast().toMillis());
    }
    assertThat(told).doesNotContainKeys("pay unknown");
  }

  private static List<Duration> lengths(Stage stage, List<PaymentWait> waits) {
    return waits.stream()
        .filter(wait -> wait.askedAtMillis() >= stage.fromMillis())
        .filter(wait -> wait.askedAtMillis() < stage.toMillis())
        .map(PaymentWait::length)
        .sorted()
        .toList();
  }

  @Test
  void everyWordIsKept() throws Exception {
    assertThat(loaded.surprises()).isEmpty();
    assertThat(loaded.check().byCheck()).isEmpty();
    Commands.Answer ledger = Commands.runOn(loaded.platform().descriptionFile(), "ledger", "check");
    assertThat(ledger.status()).as(ledger.text()).isEqualTo(ExitStatus.OK);
  }

  /// Also where another attempt made good what a caller would have noticed.
  @Test
  void everyVersionFitsTheSchema() throws Exception {
    Map<String, TreeSet<String>> said = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("services"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        said.put(log.getFileName().toString(), misfits(log));
      }
    }
    said.values().removeIf(TreeSet::isEmpty);
    assertThat(said)
        .as(said.entrySet().stream().map(Object::toString).collect(joining("\n")))
        .isEmpty();
  }

  private static TreeSet<String> misfits(Path log) throws IOException {
    return MISFIT
        .matcher(Files.readString(log))
        .results()
        .map(result -> result.group())
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }
}
