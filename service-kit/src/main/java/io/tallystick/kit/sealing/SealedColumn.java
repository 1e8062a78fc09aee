package io.tallystick.kit.sealing;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// A column of sealed values, each beginning with the version of its key.
///
/// All names are constants of the service: they go into the SQL as they are.
///
/// @param table the table
/// @param key its primary key, in order
/// @param column the sealed values; null where there is none
/// @param versionColumn a column that repeats the version, or empty
/// @param resealer opens a value and seals it under the current version
public record SealedColumn(
    String table, List<KeyColumn> key, String column, String versionColumn, Resealer resealer)
    implements Resealable {
  private static final Logger LOG = Logger.getLogger(SealedColumn.class);

  public SealedColumn {
    key = List.copyOf(key);
  }

  /// A column of the primary key and its SQL type.
  public record KeyColumn(String name, String type) {}

  /// Opens a sealed value and seals it again.
  @FunctionalInterface
  public interface Resealer {
    /// @param row the values of the primary key
    /// @throws RuntimeException when the value does not open
    byte[] reseal(byte[] sealed, List<String> row);
  }

  private record Row(List<String> key, byte[] sealed) {}

  public static SealedColumn of(
      String table, List<KeyColumn> key, String column, String versionColumn, Resealer resealer) {
    return new SealedColumn(table, key, column, versionColumn, resealer);
  }

  public static SealedColumn of(
      String table, List<KeyColumn> key, String column, Resealer resealer) {
    return new SealedColumn(table, key, column, "", resealer);
  }

  @Override
  public String what() {
    return table + "." + column;
  }

  @Override
  public SortedMap<Integer, Long> rowsByVersion(Handle handle, Instant now) {
    SortedMap<Integer, Long> rows = new TreeMap<>();
    handle
        .createQuery(
            "select %s as version, count(*) as rows from %s where %s is not null group by 1"
                .formatted(version(), table, column))
        .map((row, _) -> rows.put(row.getInt("version"), row.getLong("rows")))
        .list();
    return rows;
  }

  @Override
  public Batch reseal(Handle handle, int version, List<String> after, int limit) {
    List<Row> rows = stale(handle, version, after, limit);
    PreparedBatch update = handle.prepareBatch(update());
    int resealed = 0;
    for (Row row : rows) {
      if (add(update, row)) {
        resealed++;
      }
    }
    if (resealed > 0) {
      update.execute();
    }
    List<String> position = rows.isEmpty() ? after : rows.getLast().key();
    return new Batch(resealed, rows.size() - resealed, position, rows.size() == limit);
  }

  private boolean add(PreparedBatch update, Row row) {
    byte[] anew;
    try {
      anew = resealer.reseal(row.sealed(), row.key());
    } catch (RuntimeException broken) {
      // The row is the finding; its value and key stay as they are for whoever looks into it.
      LOG.errorf("%s of row %s does not open and is not sealed anew", what(), row.key());
      return false;
    }
    update.bind("sealed", anew);
    if (!versionColumn.isEmpty()) {
      update.bind(
          "version", Byte.toUnsignedInt(anew[0]) << Byte.SIZE | Byte.toUnsignedInt(anew[1]));
    }
    IntStream.range(0, key.size()).forEach(i -> update.bind("k" + i, row.key().get(i)));
    update.add();
    return true;
  }

  private List<Row> stale(Handle handle, int version, List<String> after, int limit) {
    String beyond = after.isEmpty() ? "" : " and (%s) > (%s)".formatted(names(), places());
    String sql =
        "select %s, %s as sealed from %s where %s is not null and %s <> :version%s order by %s limit :limit for update skip locked"
            .formatted(texts(), column, table, column, version(), beyond, names());
    Query query = handle.createQuery(sql).bind("version", version).bind("limit", limit);
    for (int i = 0; i < after.size(); i++) {
      query.bind("k" + i, after.get(i));
    }
    return query
        .map((row, _) -> {
          List<String> values = new ArrayList<>();
          for (int i = 0; i < key.size(); i++) {
            values.add(row.getString("k" + i));
          }
          return new Row(values, row.getBytes("sealed"));
        })
        .list();
  }

  private String update() {
    String repeated = versionColumn.isEmpty() ? "" : ", " + versionColumn + " = :version";
    return "update %s set %s = :sealed%s where (%s) = (%s)"
        .formatted(table, column, repeated, names(), places());
  }

  private String version() {
    return versionColumn.isEmpty() ? versionOf(column) : versionColumn;
  }

  /// SQL for the version that sealed bytes begin with.
  public static String versionOf(String column) {
    return "(get_byte(%1$s, 0) * 256 + get_byte(%1$s, 1))".formatted(column);
  }

  private String names() {
    return key.stream().map(KeyColumn::name).collect(joining(", "));
  }

  private String texts() {
    return IntStream.range(0, key.size())
        .mapToObj(i -> key.get(i).name() + "::text as k" + i)
        .collect(joining(", "));
  }

  private String places() {
    return IntStream.range(0, key.size())
        .mapToObj(i -> "cast(:k%d as %s)".formatted(i, key.get(i).type()))
        .collect(joining(", "));
  }
}
