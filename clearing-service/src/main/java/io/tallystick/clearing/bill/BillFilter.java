package io.tallystick.clearing.bill;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.error.ApiErrors;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which payments of a list are wanted.
///
/// @param state name of a state; empty for all
/// @param kind `code`, `tap`, or one of the two kinds of code; empty for all
/// @param from payments at this time or later
/// @param to payments before this time
public record BillFilter(String state, String kind, Instant from, Instant to) {
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Set<String> KINDS = Set.of("", "code", "offline-code", "online-code", "tap");
  private static final Set<String> STATES =
      Set.of(
          "",
          "paid",
          "declined",
          "awaiting-payer",
          "closed",
          "reversed",
          "refunded",
          "received",
          "cleared",
          "frozen",
          "refused",
          "returned",
          "settled");

  public BillFilter {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException("kind is unknown: " + kind);
    }
    if (!STATES.contains(state)) {
      throw new IllegalArgumentException("state is unknown: " + state);
    }
  }

  /// From query parameters, each of which may be absent.
  ///
  /// @throws io.tallystick.kit.error.ApiException `INVALID_ARGUMENT` if one is malformed
  public static BillFilter of(
      @Nullable String state, @Nullable String kind, @Nullable String from, @Nullable String to) {
    return ApiErrors.valid(
        "FILTER_MALFORMED",
        () ->
            new BillFilter(
                state == null ? "" : state,
                kind == null ? "" : kind,
                time("from", from, Instant.EPOCH),
                time("to", to, LAST)));
  }

  private static Instant time(String field, @Nullable String text, Instant absent) {
    try {
      Instant time = text == null ? absent : Instant.parse(text);
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
        throw new IllegalArgumentException(field + " is not from 1970 to 9999: " + text);
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(field + " is not an ISO 8601 time in UTC: " + text, e);
    }
  }
}
