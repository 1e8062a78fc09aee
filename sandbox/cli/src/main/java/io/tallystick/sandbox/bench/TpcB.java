package io.tallystick.sandbox.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/// The reference for payments: TPC-B's transaction on the same server, one transaction each, from
/// JDBC with prepared statements.
///
/// The transaction is the standard's: a random account, its teller and its branch get the same
/// amount, the account's balance is read, a history row is written. As pgbench does it, rows are
/// unpadded bar the fillers, and [#SCALE] is one branch for each connection, so that connections
/// seldom wait for one another's branch.
final class TpcB {
  /// Branches. Each has 10 tellers and 100,000 accounts.
  static final int SCALE = 16;

  static final int CONNECTIONS = 16;

  private static final int ACCOUNTS = SCALE * 100_000;
  private static final int TELLERS = SCALE * 10;

  private final BenchDatabase database;

  TpcB(BenchDatabase database) {
    this.database = database;
  }

  /// Makes the tables in a schema of their own.
  void prepare() throws SQLException {
    database.execute(
        "DROP SCHEMA IF EXISTS tpcb CASCADE",
        "CREATE SCHEMA tpcb",
        "CREATE TABLE tpcb.branches (bid int, bbalance int, filler char(88)) WITH (fillfactor=100)",
        "CREATE TABLE tpcb.tellers (tid int, bid int, tbalance int, filler char(84))",
        "CREATE TABLE tpcb.accounts (aid int, bid int, abalance int, filler char(84))",
        "CREATE TABLE tpcb.history (tid int, bid int, aid int, delta int, mtime timestamp,"
            + " filler char(22))",
        "INSERT INTO tpcb.branches SELECT b, 0, '' FROM generate_series(1, " + SCALE + ") b",
        "INSERT INTO tpcb.tellers SELECT t, (t - 1) / 10 + 1, 0, ''"
            + " FROM generate_series(1, "
            + TELLERS
            + ") t",
        "INSERT INTO tpcb.accounts SELECT a, (a - 1) / 100000 + 1, 0, ''"
            + " FROM generate_series(1, "
            + ACCOUNTS
            + ") a",
        "ALTER TABLE tpcb.branches ADD PRIMARY KEY (bid)",
        "ALTER TABLE tpcb.tellers ADD PRIMARY KEY (tid)",
        "ALTER TABLE tpcb.accounts ADD PRIMARY KEY (aid)",
        "VACUUM ANALYZE tpcb.accounts",
        "VACUUM ANALYZE tpcb.tellers",
        "VACUUM ANALYZE tpcb.branches",
        "CHECKPOINT");
  }

  void drop() throws SQLException {
    database.execute("DROP SCHEMA tpcb CASCADE");
  }

  /// Transactions per second over `measured`, after `warmUp`.
  double perSecond(Duration warmUp, Duration measured) throws Exception {
    long from = System.nanoTime() + warmUp.toNanos();
    long until = from + measured.toNanos();
    long committed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> clients = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(threads.submit(() -> client(from, until)));
      }
      for (Future<Long> client : clients) {
        committed += client.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reference failed", e.getCause());
    }
    return committed / (measured.toNanos() / 1e9);
  }

  /// One connection's transactions that ended within the measured time.
  private long client(long from, long until) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Transaction transaction = new Transaction(connection);
      long committed = 0;
      while (true) {
        transaction.run();
        long now = System.nanoTime();
        if (now >= until) {
          return committed;
        }
        if (now >= from) {
          committed++;
        }
      }
    }
  }

  /// The five statements of one connection.
  private static final class Transaction {
    private final Connection connection;
    private final PreparedStatement account;
    private final PreparedStatement balance;
    private final PreparedStatement teller;
    private final PreparedStatement branch;
    private final PreparedStatement history;

    Transaction(Connection connection) throws SQLException {
      this.connection = connection;
      account =
          connection.prepareStatement(
              "UPDATE tpcb.accounts SET abalance = abalance + ? WHERE aid = ?");
      balance = connection.prepareStatement("SELECT abalance FROM tpcb.accounts WHERE aid = ?");
      teller =
          connection.prepareStatement(
              "UPDATE tpcb.tellers SET tbalance = tbalance + ? WHERE tid = ?");
      branch =
          connection.prepareStatement(
              "UPDATE tpcb.branches SET bbalance = bbalance + ? WHERE bid = ?");
      history =
          connection.prepareStatement(
              "INSERT INTO tpcb.history (tid, bid, aid, delta, mtime)"
                  + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)");
    }

    void run() throws SQLException {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int aid = random.nextInt(1, ACCOUNTS + 1);
      int tid = random.nextInt(1, TELLERS + 1);
      int bid = random.nextInt(1, SCALE + 1);
      int delta = random.nextInt(-5000, 5001);
      add(account, delta, aid);
      balance.setInt(1, aid);
      try (ResultSet row = balance.executeQuery()) {
        row.next();
      }
      add(teller, delta, tid);
      add(branch, delta, bid);
      history.setInt(1, tid);
      history.setInt(2, bid);
      history.setInt(3, aid);
      history.setInt(4, delta);
      history.executeUpdate();
      connection.commit();
    }

    private static void add(PreparedStatement statement, int delta, int id) throws SQLException {
      statement.setInt(1, delta);
      statement.setInt(2, id);
      statement.executeUpdate();
    }
  }
}
