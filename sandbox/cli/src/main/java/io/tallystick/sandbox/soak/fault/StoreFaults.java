package io.tallystick.sandbox.soak.fault;

import io.tallystick.sandbox.base.RedisStore;
import io.tallystick.sandbox.base.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Harm done to PostgreSQL and Redis. Both must be the sandbox's own.
final class StoreFaults {
  /// Fewer than the services of one platform want.
  private static final int FEW_CONNECTIONS = 6;

  private final Stores stores;

  StoreFaults(Stores stores) {
    this.stores = stores;
  }

  void flushRedis() throws IOException {
    URI address = URI.create(stores.redisUrl());
    try (Socket socket = new Socket(address.getHost(), address.getPort());
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      String line = answer.readLine();
      if (!"+OK".equals(line)) {
        throw new IOException("Redis did not flush: " + line);
      }
    }
  }

  void killRedis(long downMillis) throws InterruptedException {
    RedisStore redis = stores.embeddedRedis();
    if (redis == null) {
      throw new IllegalStateException("a given Redis is not ours to kill");
    }
    redis.stop();
    Thread.sleep(downMillis);
    redis.restart();
  }

  /// Kills one backend of the server. PostgreSQL can't know what it did to the memory they share,
  /// ends every other one and recovers from its log: what a power cut does to it, but for the
  /// machine.
  void crashPostgres() throws SQLException {
    long victim;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      victim = row.getLong(1);
      ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
    } catch (SQLException e) {
      // It is gone, as it should be; closing it fails.
      if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
        throw e;
      }
    }
  }

  void endSessions() throws SQLException {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()"
            + " and backend_type = 'client backend'");
  }

  void exhaustConnections(long millis) throws SQLException, InterruptedException {
    execute("alter database " + Stores.DATABASE + " connection limit " + FEW_CONNECTIONS);
    try {
      endSessions();
      Thread.sleep(millis);
    } finally {
      execute("alter database " + Stores.DATABASE + " connection limit -1");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    Stores.Login login = stores.administrator();
    return DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password());
  }
}
