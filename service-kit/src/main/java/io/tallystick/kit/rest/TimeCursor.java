package io.tallystick.kit.rest;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.error.ApiErrors;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// A place in a list that is ordered by time and, within it, by id: where its next page begins.
public record TimeCursor(Instant at, String id) {
  /// Before everything in a rising list.
  public static final TimeCursor EARLIEST = new TimeCursor(Instant.EPOCH, "");

  /// Before everything in a falling list.
  public static final TimeCursor LATEST =
      new TimeCursor(Instant.parse("9999-12-31T00:00:00Z"), "~");

  private static final char SEPARATOR = ' ';

  public TimeCursor {
    requireNonNull(at, "at is null");
    requireNonNull(id, "id is null");
  }

  /// Where a page begins: after its cursor, or at `start`.
  ///
  /// @throws io.tallystick.kit.error.ApiException `INVALID_ARGUMENT` for a cursor that was not
  ///   given out
  public static TimeCursor of(PageRequest request, TimeCursor start) {
    return of(request).orElse(start);
  }

  /// As [#of(PageRequest, TimeCursor)]; empty for the first page.
  public static Optional<TimeCursor> of(PageRequest request) {
    return request.after().map(TimeCursor::parse);
  }

  /// What [#of(PageRequest)] reads.
  public String text() {
    return at.toString() + SEPARATOR + id;
  }

  private static TimeCursor parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    try {
      Instant at = Instant.parse(text.substring(0, Math.max(0, separator)));
      if (!at.isBefore(EARLIEST.at) && !at.isAfter(LATEST.at)) {
        return new TimeCursor(at, text.substring(separator + 1));
      }
    } catch (DateTimeParseException e) {
      throw malformed();
    }
    throw malformed();
  }

  private static RuntimeException malformed() {
    return ApiErrors.invalidArgument("CURSOR_MALFORMED", "the cursor is none that was given out");
  }
}
