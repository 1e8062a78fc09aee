package io.tallystick.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How each table is spread over the nodes of a distributed PostgreSQL, as
/// `docs/operations/citus/distribution.csv` declares it.
///
/// @param tables by schema and name, in the order in which they are distributed
record Distribution(Map<String, Table> tables) {
  static final Path FOLDER = Path.of("../docs/operations/citus");

  private static final String HEADER = "schema,table,distribution,column,colocation";
  private static final int COLUMNS = 5;

  /// @param column the distribution column; empty for a table that stays on the coordinator
  /// @param colocation tables of a schema that have the same are colocated
  record Table(String schema, String name, String column, String colocation) {
    boolean isDistributed() {
      return !column.isEmpty();
    }

    String qualified() {
      return schema + "." + name;
    }

    boolean isColocatedWith(Table other) {
      return schema.equals(other.schema) && colocation.equals(other.colocation);
    }
  }

  static Distribution read() {
    List<String> lines = lines("distribution.csv");
    if (!lines.getFirst().equals(HEADER)) {
      throw new AssertionError("the first line is not " + HEADER);
    }
    Map<String, Table> tables = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      Table table = table(line);
      if (tables.put(table.qualified(), table) != null) {
        throw new AssertionError("declared twice: " + line);
      }
    }
    return new Distribution(tables);
  }

  private static Table table(String line) {
    String[] parts = line.split(",", -1);
    if (parts.length != COLUMNS) {
      throw new AssertionError("not five columns: " + line);
    }
    boolean whole =
        switch (parts[2]) {
          case "distributed" -> !parts[3].isEmpty() && !parts[4].isEmpty();
          case "local" -> parts[3].isEmpty() && parts[4].isEmpty();
          default -> false;
        };
    if (!whole) {
      throw new AssertionError("neither distributed by a column nor local: " + line);
    }
    return new Table(parts[0], parts[1], parts[3], parts[4]);
  }

  List<Table> distributed() {
    return tables.values().stream().filter(Table::isDistributed).toList();
  }

  /// The statements that make it so.
  List<String> statements() {
    Map<String, String> first = new HashMap<>();
    List<String> statements = new ArrayList<>();
    for (Table table : distributed()) {
      String with = first.putIfAbsent(table.schema() + "/" + table.colocation(), table.qualified());
      statements.add(
          "SELECT create_distributed_table('%s', '%s', colocate_with => '%s');"
              .formatted(table.qualified(), table.column(), with == null ? "none" : with));
    }
    return statements;
  }

  static String sql(String file) {
    return lines(file).stream().collect(Collectors.joining("\n"));
  }

  static List<String> lines(String file) {
    try {
      return Files.readAllLines(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
