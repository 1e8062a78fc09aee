package io.tallystick.sandbox.bench;

import io.tallystick.sandbox.base.Stores;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/// The platform's PostgreSQL, as the administrator who made it sees it.
final class BenchDatabase {
  private final Stores stores;

  BenchDatabase(Stores stores) {
    this.stores = stores;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        stores.jdbcUrl(), stores.administrator().username(), stores.administrator().password());
  }

  /// Statements of a transaction each.
  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// As [#execute], all or nothing.
  void executeTogether(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// A server setting, as `SHOW` gives it.
  String setting(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  /// Appends rows in COPY's text format.
  static void copy(Connection connection, String table, CharSequence rows)
      throws SQLException, IOException {
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + table + " FROM STDIN", new StringReader(rows.toString()));
  }
}
