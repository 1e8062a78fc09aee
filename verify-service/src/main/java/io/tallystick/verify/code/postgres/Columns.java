package io.tallystick.verify.code.postgres;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Binds a batch as one array for each column, for `unnest`.
final class Columns<T, S extends SqlStatement<S>> {
  private final S statement;
  private final List<T> rows;

  Columns(S statement, List<T> rows) {
    this.statement = requireNonNull(statement, "statement is null");
    this.rows = List.copyOf(rows);
  }

  Columns<T, S> text(String name, Function<T, @Nullable String> value) {
    return bind(name, String.class, value);
  }

  Columns<T, S> whole(String name, ToLongFunction<T> value) {
    return bind(name, Long.class, value::applyAsLong);
  }

  Columns<T, S> number(String name, ToIntFunction<T> value) {
    return bind(name, Integer.class, value::applyAsInt);
  }

  Columns<T, S> flag(String name, Predicate<T> value) {
    return bind(name, Boolean.class, value::test);
  }

  S statement() {
    return statement;
  }

  private <V> Columns<T, S> bind(
      String name, Class<V> type, Function<T, ? extends @Nullable V> value) {
    List<@Nullable V> values = new ArrayList<>(rows.size());
    for (T row : rows) {
      values.add(value.apply(row));
    }
    statement.bindArray(name, type, values);
    return this;
  }
}
