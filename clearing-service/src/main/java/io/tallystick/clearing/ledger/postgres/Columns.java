package io.tallystick.clearing.ledger.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Rows turned into arrays, one for each column, for `unnest(:first, :second, …)`.
///
/// Instants travel as text, since an array of them has no JDBC form that keeps microseconds; the
/// SQL casts them: `x.at::timestamptz`.
///
/// @param <T> a row
public final class Columns<T> {
  private final List<T> rows;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  private record Column(Class<?> type, List<@Nullable Object> values) {}

  private Columns(Collection<T> rows) {
    this.rows = List.copyOf(rows);
  }

  public static <T> Columns<T> of(Collection<T> rows) {
    return new Columns<>(rows);
  }

  public Columns<T> text(String name, Function<T, @Nullable String> value) {
    return column(name, String.class, value);
  }

  public Columns<T> int8(String name, Function<T, @Nullable Long> value) {
    return column(name, Long.class, value);
  }

  public Columns<T> int4(String name, Function<T, @Nullable Integer> value) {
    return column(name, Integer.class, value);
  }

  public Columns<T> bool(String name, Function<T, Boolean> value) {
    return column(name, Boolean.class, value);
  }

  public Columns<T> uuid(String name, Function<T, UUID> value) {
    return column(name, UUID.class, value);
  }

  public Columns<T> instant(String name, Function<T, @Nullable Instant> value) {
    return column(
        name,
        String.class,
        row -> {
          Instant instant = value.apply(row);
          return instant == null ? null : instant.toString();
        });
  }

  /// Binds every column as an array of its name.
  public <S extends SqlStatement<S>> S bind(S statement) {
    columns.forEach((name, column) -> statement.bindArray(name, column.type(), column.values()));
    return statement;
  }

  private Columns<T> column(String name, Class<?> type, Function<T, ?> value) {
    List<@Nullable Object> values = new ArrayList<>(rows.size());
    for (T row : rows) {
      values.add(value.apply(row));
    }
    columns.put(name, new Column(type, values));
    return this;
  }
}
