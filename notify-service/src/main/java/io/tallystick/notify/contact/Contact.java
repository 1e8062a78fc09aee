package io.tallystick.notify.contact;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.regex.Pattern;

/// A payer's number and since when it is known.
///
/// @param number E.164 with `+`
public record Contact(String number, Instant updatedAt) {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{5,14}");
  private static final int SHOWN_FIRST = 3;
  private static final int SHOWN_LAST = 4;

  public Contact {
    requireNonNull(updatedAt, "updatedAt is null");
    if (!E164.matcher(number).matches()) {
      throw new IllegalArgumentException("phone_number is not E.164");
    }
  }

  /// First and last digits only: `+86*******5678`.
  public String masked() {
    int last = Math.min(SHOWN_LAST, number.length() - SHOWN_FIRST - 2);
    int hidden = number.length() - SHOWN_FIRST - last;
    return number.substring(0, SHOWN_FIRST)
        + "*".repeat(hidden)
        + number.substring(number.length() - last);
  }

  @Override
  public String toString() {
    return "Contact[" + masked() + "]";
  }
}
