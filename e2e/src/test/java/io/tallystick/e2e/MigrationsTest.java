package io.tallystick.e2e;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a migration may do while the version before serves on its schema
/// (`docs/operations/upgrades.md`). It reads files; that both versions work on the schema is shown
/// by [UpgradeIT].
class MigrationsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// Those of the first release: no version was before them.
  private static final Path BASELINE = Path.of("src/test/resources/migrations-of-0.1.txt");

  /// What takes something away that the version before may use.
  private static final Pattern CONTRACTION =
      Pattern.compile(
          "\\bdrop\\s+(table|column|constraint|view|function|type|schema|default|identity|index)\\b"
              + "|\\brename\\b"
              + "|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"
              + "|\\bset\\s+not\\s+null\\b"
              + "|\\btruncate\\s+table\\b");

  /// A column that an INSERT of the version before doesn't name.
  private static final Pattern REQUIRED_COLUMN =
      Pattern.compile(
          "\\badd\\s+column\\b(?![^;,]*\\b(default|generated)\\b)[^;,]*\\bnot\\s+null\\b");

  /// What locks a table that may be in use, and for longer than the statement.
  private static final Pattern LOCKING =
      Pattern.compile(
          "\\b(?:alter\\s+table|update|create\\s+(?:unique\\s+)?index\\b[^;(]*?\\bon)"
              + "\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?(\\w+)");

  private static final Pattern CREATED =
      Pattern.compile("\\bcreate\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)");

  /// With a reason after the release: `-- contract: unused since 0.2, …`.
  private static final Pattern ALLOWED =
      Pattern.compile("^-- contract: unused since \\d+\\.\\d+", Pattern.MULTILINE);

  @Test
  void takesNothingAwayThatTheVersionBeforeUses() throws IOException {
    List<String> baseline = Files.readAllLines(BASELINE);
    TreeSet<String> migrations = migrations();
    assertThat(migrations).containsAll(baseline);
    migrations.removeAll(baseline);
    for (String migration : migrations) {
      assertThat(contractions(Files.readString(ROOT.resolve(migration)))).as(migration).isEmpty();
    }
  }

  @Test
  void knowsWhatTakesSomethingAway() {
    for (String sql :
        List.of(
            "DROP TABLE payment;",
            "ALTER TABLE payment\n  DROP COLUMN trace_id;",
            "ALTER TABLE payment DROP CONSTRAINT payment_pkey, ADD PRIMARY KEY (payer_id);",
            "DROP INDEX payment_order;",
            "ALTER TABLE payment RENAME COLUMN a TO b;",
            "ALTER TABLE payment ALTER COLUMN amount TYPE numeric;",
            "ALTER TABLE payment ALTER amount SET DATA TYPE numeric;",
            "ALTER TABLE payment ALTER COLUMN trace_id SET NOT NULL;",
            "ALTER TABLE payment ADD COLUMN kind text NOT NULL;")) {
      assertThat(contractions(sql)).as(sql).hasSize(1);
      assertThat(contractions("-- contract: unused since 0.2, nobody reads it\n" + sql)).isEmpty();
    }
    for (String sql :
        List.of(
            "CREATE TABLE review (review_id uuid PRIMARY KEY, officer text NOT NULL);",
            "ALTER TABLE payment ADD COLUMN kind text NOT NULL DEFAULT 'code';",
            "ALTER TABLE payment ADD COLUMN n bigint NOT NULL GENERATED ALWAYS AS IDENTITY;",
            "ALTER TABLE payment ADD COLUMN kind text, ADD COLUMN place text CHECK (place <> '');",
            "-- DROP TABLE is for the release after\nCREATE INDEX payment_kind ON payment (kind);")) {
      assertThat(contractions(sql)).as(sql).isEmpty();
    }
  }

  @Test
  void locksOneTableInUseAndAtOnce() throws IOException {
    TreeSet<String> migrations = migrations();
    migrations.removeAll(Files.readAllLines(BASELINE));
    for (String migration : migrations) {
      assertThat(deadlocks(Files.readString(ROOT.resolve(migration)))).as(migration).isEmpty();
    }
  }

  /// So that the rehearsal waits for locks as long as a Job does.
  @Test
  void jobsGiveUpAsTheRehearsalDoes() throws IOException {
    assertThat(Files.readString(ROOT.resolve("k8s/tallystick/templates/_pod.tpl")))
        .contains("- name: QUARKUS_FLYWAY_INIT_SQL\n  value: " + Platform.MIGRATION_SQL + "\n");
  }

  @Test
  void knowsWhatDeadlocks() throws IOException {
    String lock = "LOCK TABLE payment IN ACCESS EXCLUSIVE MODE;\n";
    String index = "CREATE UNIQUE INDEX IF NOT EXISTS payment_kind ON payment (kind);\n";
    String column = "ALTER TABLE payment ADD COLUMN kind text;\n";
    String other = "ALTER TABLE IF EXISTS entry ADD COLUMN kind text;\n";
    assertThat(deadlocks(column + other)).containsExactly("locks [entry, payment]");
    assertThat(deadlocks(lock + column + other)).containsExactly("locks [entry, payment]");
    assertThat(deadlocks(column + index)).containsExactly("locks payment bit by bit");
    assertThat(deadlocks(column + "UPDATE payment SET kind = 'code';")).hasSize(1);
    assertThat(deadlocks(lock + column + index)).isEmpty();
    assertThat(deadlocks(column)).isEmpty();
    assertThat(deadlocks("CREATE TABLE entry (kind text);\n" + other + column)).isEmpty();
    for (String key : List.of("V1_1__observation_key.sql", "V1_2__decision_key.sql")) {
      Path file = ROOT.resolve("risk-service/src/main/resources/db/migration").resolve(key);
      assertThat(deadlocks(Files.readString(file))).as(key).isEmpty();
    }
  }

  /// Why such a migration can deadlock with a payment.
  private static List<String> deadlocks(String migration) {
    String sql = withoutComments(migration);
    Set<String> created = tables(CREATED, sql).collect(toSet());
    List<String> locking = tables(LOCKING, sql).filter(table -> !created.contains(table)).toList();
    Set<String> locked = new TreeSet<>(locking);
    if (locked.size() > 1) {
      return List.of("locks " + locked);
    }
    boolean atOnce =
        locking.size() < 2
            || sql.strip().startsWith("lock table " + locking.getFirst() + " in access");
    return atOnce ? List.of() : List.of("locks " + locking.getFirst() + " bit by bit");
  }

  private static Stream<String> tables(Pattern pattern, String sql) {
    return pattern.matcher(sql).results().map(result -> result.group(1));
  }

  private static String withoutComments(String migration) {
    return migration.replaceAll("--.*", "").toLowerCase(Locale.ROOT);
  }

  private static List<String> contractions(String migration) {
    if (ALLOWED.matcher(migration).find()) {
      return List.of();
    }
    String sql = withoutComments(migration);
    return Stream.of(CONTRACTION, REQUIRED_COLUMN)
        .flatMap(pattern -> pattern.matcher(sql).results())
        .map(result -> result.group().replaceAll("\\s+", " "))
        .toList();
  }

  private static TreeSet<String> migrations() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      TreeSet<String> found = new TreeSet<>();
      for (Path module : modules.toList()) {
        for (String folder : List.of("db/kit", "db/migration")) {
          Path files = module.resolve("src/main/resources").resolve(folder);
          if (Files.isDirectory(files)) {
            try (Stream<Path> listed = Files.list(files)) {
              found.addAll(
                  listed
                      .map(file -> ROOT.relativize(file).toString())
                      .collect(toCollection(TreeSet::new)));
            }
          }
        }
      }
      return found;
    }
  }
}
