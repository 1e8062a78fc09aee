package io.tallystick.seed.harness;

import io.tallystick.sandbox.base.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A look into the service's schema, as the database's administrator.
public final class Inside {
  private final Stores stores;

  public Inside(Stores stores) {
    this.stores = stores;
  }

  /// The rows of a query, each column as text.
  public List<List<String>> rows(String sql, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = prepared(connection, sql, parameters);
        ResultSet found = statement.executeQuery()) {
      List<List<String>> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(String.valueOf(found.getString(column)));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  public long count(String sql, Object... parameters) {
    return Long.parseLong(rows(sql, parameters).getFirst().getFirst());
  }

  public int change(String sql, Object... parameters) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = prepared(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  public Connection connect() throws SQLException {
    Stores.Login login = stores.administrator();
    Connection connection =
        DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password());
    try (PreparedStatement statement = connection.prepareStatement("set search_path = seed")) {
      statement.execute();
    }
    return connection;
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
