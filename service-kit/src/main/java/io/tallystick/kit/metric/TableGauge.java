package io.tallystick.kit.metric;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// A gauge that one SQL statement answers. Column `value` is its value, each other column a label:
///
/// ```sql
/// select currency, sum(amount_minor) as value from hold where state = 'pending' group by currency
/// ```
///
/// A statement must be cheap whatever the table's size (an index over what it counts) or rare, and
/// its labels must have few values.
///
/// @param name dotted, with the unit last: `tallystick.clearing.frozen.minor`
/// @param description one sentence for the exposition
/// @param every how often it is read; the sampler's own period when that is longer
public record TableGauge(String name, String description, Duration every, String sql) {
  public TableGauge {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    requireNonNull(sql, "sql is null");
    if (!every.isPositive()) {
      throw new IllegalArgumentException("every is not positive: " + every);
    }
  }

  /// A cheap one, read at every sample.
  public static TableGauge of(String name, String description, String sql) {
    return new TableGauge(name, description, Duration.ofMillis(1), sql);
  }

  /// The same, read less often.
  public TableGauge every(Duration period) {
    return new TableGauge(name, description, period, sql);
  }
}
