package io.tallystick.sandbox.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Loads payers with a device, a live seed and money, in bulk: what enrolment and deposits of as
/// many people would have left in the tables of seed-service and clearing-service.
///
/// Deposits are entered as one posting for each [#CHUNK] payers; the ledger's check at the end of a
/// run includes them. Constraint triggers are off in the session that loads, and only there.
final class Population {
  /// What each payer starts with, minor units.
  static final long BALANCE_MINOR = 100_000_000;

  private static final int CHUNK = 5_000;
  private static final int LOADERS = 2;
  private static final int AUTHORISATION_BYTES = 276;

  private final BenchDatabase database;
  private final SeedSeal seal;
  private int size;

  Population(BenchDatabase database, SeedSeal seal) {
    this.database = database;
    this.seal = seal;
  }

  int size() {
    return size;
  }

  /// Loads as many more as are missing.
  void growTo(int wanted) throws Exception {
    if (wanted <= size) {
      return;
    }
    openBank();
    try (ExecutorService loaders = Executors.newFixedThreadPool(LOADERS)) {
      List<Future<?>> chunks = new ArrayList<>();
      for (int first = size; first < wanted; first += CHUNK) {
        int from = first;
        int to = Math.min(wanted, from + CHUNK);
        chunks.add(
            loaders.submit(() -> {
              load(from, to);
              return null;
            }));
      }
      for (Future<?> chunk : chunks) {
        chunk.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("payers could not be loaded", e.getCause());
    }
    long depositedMinor = (long) (wanted - size) * BALANCE_MINOR;
    database.executeTogether(
        "UPDATE clearing.account SET posted_minor = posted_minor - "
            + depositedMinor
            + " WHERE owner_id = 'bank' AND account_id = 'platform:bank:bank:CNY'",
        "INSERT INTO clearing.deposit VALUES ('bench-"
            + wanted
            + "', 'payer', 'bench', "
            + depositedMinor
            + ", 'CNY', now())");
    settle();
    size = wanted;
  }

  private void openBank() throws SQLException {
    database.execute(
        "INSERT INTO clearing.account (owner_id, account_id, owner_kind, kind, currency, opened_at)"
            + " VALUES ('bank', 'platform:bank:bank:CNY', 'platform', 'bank', 'CNY', now())"
            + " ON CONFLICT DO NOTHING");
  }

  /// What autovacuum and the checkpointer do in their own time, now, so that they don't do it while
  /// something is measured.
  private void settle() throws SQLException {
    database.execute(
        "VACUUM ANALYZE seed.payer",
        "VACUUM ANALYZE seed.device",
        "VACUUM ANALYZE seed.seed",
        "VACUUM ANALYZE seed.alias",
        "VACUUM ANALYZE seed.device_owner",
        "VACUUM ANALYZE clearing.account",
        "VACUUM ANALYZE clearing.posting",
        "VACUUM ANALYZE clearing.entry",
        "CHECKPOINT");
  }

  private void load(int from, int to) throws SQLException, IOException {
    Rows rows = new Rows(from, to);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL session_replication_role = replica");
      for (Table table : rows.tables()) {
        BenchDatabase.copy(connection, table.columns(), table.rows());
      }
      connection.commit();
    }
  }

  private record Table(String columns, StringBuilder rows) {}

  /// The rows of some payers, table by table.
  private final class Rows {
    private final String now = Instant.now().toString();
    private final String expiresAt = Instant.now().plus(30, ChronoUnit.DAYS).toString();
    private final String authorisation = "\\\\x" + "00".repeat(AUTHORISATION_BYTES);
    private final List<Table> tables = new ArrayList<>();
    private final StringBuilder payers = table("seed.payer");
    private final StringBuilder devices =
        table(
            "seed.device (payer_id, device_id, name, public_key, state, key_epoch, currency,"
                + " attempted_at, created_at, enrolled_at, expires_at)");
    private final StringBuilder owners = table("seed.device_owner");
    private final StringBuilder seeds =
        table(
            "seed.seed (payer_id, seed_id, device_id, alias, sealed, key_version, authorisation,"
                + " created_at, expires_at)");
    private final StringBuilder aliases = table("seed.alias");
    private final StringBuilder accounts =
        table(
            "clearing.account (owner_id, account_id, owner_kind, kind, currency, posted_minor,"
                + " opened_at)");
    private final StringBuilder postings = table("clearing.posting");
    private final StringBuilder entries = table("clearing.entry");

    Rows(int from, int to) {
      UUID posting = UUID.randomUUID();
      row(postings, "bank", posting, "deposit", "\\N", "bench-" + from, now);
      long totalMinor = (to - from) * BALANCE_MINOR;
      row(entries, "bank", posting, 0, "bank", "platform:bank:bank:CNY", -totalMinor, "CNY");
      for (int number = from; number < to; number++) {
        addSeed(number);
        addMoney(number, posting, number - from + 1);
      }
    }

    List<Table> tables() {
      return tables;
    }

    private void addSeed(int number) {
      String payer = BenchPayers.payerId(number);
      String device = BenchPayers.deviceId(number);
      UUID seedId = BenchPayers.seedId(number);
      byte[] sealed =
          seal.seal(BenchPayers.seed(number).toBytes(), "seed", payer, seedId.toString());
      String key = "\\\\x02" + "00".repeat(24) + device;
      row(payers, payer, BenchPayers.accountNumber(number), now);
      row(devices, payer, device, "bench", key, "live", 1, "CNY", now, now, now, expiresAt);
      row(owners, device, payer);
      row(
          seeds,
          payer,
          seedId,
          device,
          BenchPayers.alias(number).digits(),
          "\\\\x" + HexFormat.of().formatHex(sealed),
          SeedSeal.KEY_VERSION,
          authorisation,
          now,
          expiresAt);
      row(aliases, BenchPayers.alias(number).digits(), payer, seedId);
    }

    private void addMoney(int number, UUID posting, int line) {
      String payer = BenchPayers.payerId(number);
      String account = BenchPayers.accountId(number);
      row(accounts, payer, account, "payer", "available", "CNY", BALANCE_MINOR, now);
      row(entries, "bank", posting, line, payer, account, BALANCE_MINOR, "CNY");
    }

    private StringBuilder table(String columns) {
      Table table = new Table(columns, new StringBuilder());
      tables.add(table);
      return table.rows();
    }

    private static void row(StringBuilder out, Object... values) {
      for (int i = 0; i < values.length; i++) {
        out.append(i == 0 ? "" : "\t").append(values[i]);
      }
      out.append('\n');
    }
  }
}
