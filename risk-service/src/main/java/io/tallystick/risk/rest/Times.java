package io.tallystick.risk.rest;

import io.tallystick.kit.error.ApiErrors;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Times in requests.
final class Times {
  /// Far enough for every decision; PostgreSQL and JSON know the year.
  static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private Times() {}

  /// @throws io.tallystick.kit.error.ApiException `TIME_MALFORMED` or `TIME_OUT_OF_RANGE`
  static Instant parse(String name, @Nullable String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      Instant instant = Instant.parse(text);
      if (instant.isBefore(Instant.EPOCH) || instant.isAfter(END)) {
        throw ApiErrors.invalidArgument("TIME_OUT_OF_RANGE", name + " must be from 1970 to " + END);
      }
      return instant;
    } catch (DateTimeParseException e) {
      throw ApiErrors.invalidArgument(
          "TIME_MALFORMED", name + " is not an ISO 8601 instant such as 2026-03-01T12:00:00Z");
    }
  }
}
