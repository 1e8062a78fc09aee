package io.tallystick.kit.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some of a longer list.
///
/// @param items in the list's order
/// @param nextCursor asks for what follows; absent at the end
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(requireNonNull(items, "items is null"));
  }

  /// A page from rows of which one more than wanted was read.
  ///
  /// @param rows up to `request.limit() + 1`, in order
  /// @param keyOf where a row stands in the order, for [PageRequest#after]
  public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, String> keyOf) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, request.limit());
    return new Page<>(items, PageRequest.cursor(keyOf.apply(items.getLast())));
  }

  /// The same page of other items.
  public <U> Page<U> map(Function<T, U> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), nextCursor);
  }
}
