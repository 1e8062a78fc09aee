package io.tallystick.sandbox.soak.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Queries on one connection, all in its transaction.
public final class Sql {
  private final Connection connection;

  /// @param connection that may read every schema
  public Sql(Connection connection) {
    this.connection = connection;
  }

  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String query, Row<T> reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(reader.read(rows));
      }
      return list;
    }
  }

  List<String> texts(String query) throws SQLException {
    return list(query, row -> row.getString(1));
  }

  long number(String query) throws SQLException {
    return list(query, row -> row.getLong(1)).getFirst();
  }
}
