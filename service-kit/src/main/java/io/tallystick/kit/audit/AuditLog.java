package io.tallystick.kit.audit;

import java.util.List;
import java.util.regex.Pattern;

/// A table whose rows are chained. It has columns `written_xid` (`xid8`, the writing transaction)
/// and `written_id` (identity), with an index over both, and refuses change.
///
/// @param name of the log and of its table
/// @param columns SQL expressions whose texts are the row, in order. Each must give the same text
///   whatever the session's settings: times as microseconds, JSON as `::text`
public record AuditLog(String name, List<String> columns) {
  private static final Pattern NAME = Pattern.compile("[a-z_]{1,63}");

  public AuditLog {
    columns = List.copyOf(columns);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name is no table's: " + name);
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns is empty");
    }
  }

  /// An expression for a time, in microseconds since 1970.
  public static String micros(String column) {
    return "(extract(epoch from " + column + ") * 1000000)::bigint";
  }

  /// Rows after `:xid`, `:id` that satisfy `condition`, in the order of sealing.
  String select(String condition) {
    String row =
        String.join(", ", columns.stream().map(column -> "(" + column + ")::text").toList());
    return """
    select written_xid::text::bigint as xid, written_id as id, array[%s]::text[] as row from %s
    where (written_xid, written_id) > (:xid::text::xid8, :id) and %s
    order by written_xid, written_id limit :limit
    """
        .formatted(row, name, condition);
  }
}
