package io.tallystick.e2e;

import io.tallystick.sandbox.base.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A PostgreSQL with the schemas of all services and no service: their migrations, run as the files
/// stand in the sources.
final class MigratedDatabase implements AutoCloseable {
  private static final String KIT = "service-kit/src/main/resources/db/kit";

  private final Stores stores;
  private final Connection connection;

  private MigratedDatabase(Stores stores, Connection connection) {
    this.stores = stores;
    this.connection = connection;
  }

  static MigratedDatabase open(Path folder) throws SQLException {
    Stores stores = Stores.open(folder);
    Stores.Login login = stores.administrator();
    MigratedDatabase database =
        new MigratedDatabase(
            stores,
            DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password()));
    database.execute("begin");
    for (String service : Stores.SERVICES) {
      database.execute("set search_path = " + service);
      for (Path migration : migrations(service)) {
        database.execute(text(migration));
      }
    }
    database.execute("commit");
    // As on a shard: no name means anything without its schema.
    database.execute("set search_path = ''");
    return database;
  }

  private static List<Path> migrations(String service) {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of(KIT, service + "-service/src/main/resources/db/migration")) {
      try (Stream<Path> files = Files.list(Path.of("..").resolve(folder))) {
        files.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    found.sort(Comparator.comparing(MigratedDatabase::version, Arrays::compare));
    return found;
  }

  /// `V1_10__name.sql` is 1, 10.
  private static int[] version(Path migration) {
    String name = migration.getFileName().toString();
    String version = name.substring(1, name.indexOf("__"));
    return Arrays.stream(version.split("_")).mapToInt(Integer::parseInt).toArray();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// All columns of all rows, as text.
  List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    stores.close();
  }
}
