package io.tallystick.e2e;

import io.tallystick.sandbox.base.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Somebody who may do everything in the database, past triggers too: for damage that no public
/// interface does.
final class AdministratorSql {
  private AdministratorSql() {}

  static Connection connect() throws SQLException {
    Stores stores = RunningPlatform.get().stores();
    Stores.Login login = stores.administrator();
    return DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password());
  }

  /// Changes something with no trigger firing; returns how many rows it changed.
  static int change(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// The first column of the first row.
  static String text(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new AssertionError("no row: " + sql);
      }
      return row.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  static long count(String sql) {
    return Long.parseLong(text(sql));
  }
}
