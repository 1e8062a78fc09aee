package io.tallystick.risk.rule;

import io.tallystick.protocol.model.Currencies;
import io.tallystick.protocol.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Figures as a person reads them in an explanation; the same on every machine.
final class Figures {
  private Figures() {}

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String instant(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// In the two largest units, without one that is zero: `2 h 5 min`, `10 min`, `40 s`.
  static String duration(Duration duration) {
    Duration length = duration.abs();
    if (length.toDays() > 0) {
      return pair(length.toDays(), "d", length.toHoursPart(), "h");
    }
    if (length.toHours() > 0) {
      return pair(length.toHours(), "h", length.toMinutesPart(), "min");
    }
    if (length.toMinutes() > 0) {
      return pair(length.toMinutes(), "min", length.toSecondsPart(), "s");
    }
    return length.toSeconds() + " s";
  }

  private static String pair(long large, String largeUnit, int small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /// An amount, which may be below zero, in the currency of another one.
  static String minor(long amountMinor, Money like) {
    int digits = Currencies.fractionDigits(like.currency());
    return BigDecimal.valueOf(amountMinor, digits).toPlainString() + " " + like.currency();
  }

  /// `1 tap`, `3 taps`.
  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
