package io.tallystick.risk.postgres;

import io.tallystick.protocol.model.Money;
import io.tallystick.risk.observation.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads columns that occur in several tables.
final class Rows {
  private Rows() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Money money(ResultSet row) throws SQLException {
    return Money.of(row.getLong("amount_minor"), row.getString("currency"));
  }

  static @Nullable Place place(ResultSet row) throws SQLException {
    double latitude = row.getDouble("latitude");
    if (row.wasNull()) {
      return null;
    }
    return Place.of(latitude, row.getDouble("longitude"));
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
