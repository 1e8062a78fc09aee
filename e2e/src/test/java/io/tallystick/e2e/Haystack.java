package io.tallystick.e2e;

import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.platform.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/// All that somebody holds who stole a dump of every schema, the streams and the logs.
final class Haystack {
  /// A piece of it, where it lay, and what it says; bytes as Latin-1, so that none is lost.
  record Piece(String place, String content) {}

  private Haystack() {}

  static List<Piece> of(Platform platform, Path folder) throws SQLException, IOException {
    List<Piece> pieces = new ArrayList<>();
    addDatabase(platform.stores(), pieces);
    addStreams(platform.stores(), pieces);
    addLogs(folder, pieces);
    return pieces;
  }

  private static void addDatabase(Stores stores, List<Piece> pieces) throws SQLException {
    Stores.Login login = stores.administrator();
    try (Connection connection =
        DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password())) {
      for (String table : tables(connection)) {
        addTable(connection, table, pieces);
      }
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select format('%I.%I', table_schema, table_name) from information_schema.tables"
                    + " where table_type = 'BASE TABLE'"
                    + " and table_schema not in ('pg_catalog', 'information_schema')")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static void addTable(Connection connection, String table, List<Piece> pieces)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table)) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          String place = table + "." + rows.getMetaData().getColumnName(column);
          boolean bytes = rows.getMetaData().getColumnTypeName(column).equals("bytea");
          String content = bytes ? latin1(rows.getBytes(column)) : rows.getString(column);
          if (content != null) {
            pieces.add(new Piece(place, content));
          }
        }
      }
    }
  }

  private static void addStreams(Stores stores, List<Piece> pieces) {
    try (Jedis redis = new Jedis(URI.create(stores.redisUrl()))) {
      for (String key : redis.keys("*")) {
        switch (redis.type(key)) {
          case "stream" -> addReply(key, entries(redis, key), pieces);
          case "string" -> pieces.add(new Piece(key, redis.get(key)));
          default -> pieces.add(new Piece(key, latin1(redis.dump(utf8(key)))));
        }
      }
    }
  }

  /// Jedis declares a list of bytes here and returns lists of an id and its fields.
  private static List<?> entries(Jedis redis, String stream) {
    return redis.xrange(utf8(stream), utf8("-"), utf8("+"), Integer.MAX_VALUE);
  }

  /// Replies nest: an entry is its id and its fields.
  private static void addReply(String key, Object reply, List<Piece> pieces) {
    switch (reply) {
      case byte[] bytes -> pieces.add(new Piece(key, latin1(bytes)));
      case List<?> parts -> parts.forEach(part -> addReply(key, part, pieces));
      default -> pieces.add(new Piece(key, reply.toString()));
    }
  }

  private static void addLogs(Path folder, List<Piece> pieces) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.walk(folder)) {
      logs = files.filter(file -> file.toString().endsWith(".log")).toList();
    }
    for (Path log : logs) {
      pieces.add(new Piece(log.getFileName().toString(), latin1(Files.readAllBytes(log))));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String latin1(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
