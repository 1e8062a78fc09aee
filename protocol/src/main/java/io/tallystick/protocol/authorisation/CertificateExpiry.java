package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/** When an issuer certificate ends: four BCD digits, whose meaning the profile gives. */
public sealed interface CertificateExpiry {
  int LENGTH = 2;

  /** The first moment at which the certificate is no longer good, as seen from {@code now}. */
  Instant endsAt(Instant now, ZoneOffset zone);

  /** The four digits. */
  String digits();

  /**
   * {@code MMYY}, years 2000 to 2099.
   *
   * @param month the last month in which it is good
   */
  record EndOfMonth(YearMonth month) implements CertificateExpiry {
    public EndOfMonth {
      requireNonNull(month, "month is null");
      if (month.getYear() < 2000 || month.getYear() > 2099) {
        throw new IllegalArgumentException("year is not 2000 to 2099: " + month);
      }
    }

    @Override
    public Instant endsAt(Instant now, ZoneOffset zone) {
      return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    }

    @Override
    public String digits() {
      return fourDigits(month.getMonthValue(), month.getYear() % 100);
    }

    @Override
    public String toString() {
      return "end of " + month;
    }
  }

  /**
   * {@code MMDD}. Two bytes without a year cannot say more than "the one nearest to now", so a
   * certificate of this form lives less than six months, and one that is older is kept out by the
   * issuer certificates a terminal pack lists.
   *
   * @param day the last day on which it is good
   */
  record EndOfDay(MonthDay day) implements CertificateExpiry {
    public EndOfDay {
      requireNonNull(day, "day is null");
    }

    @Override
    public Instant endsAt(Instant now, ZoneOffset zone) {
      int year = now.atOffset(zone).getYear();
      Instant nearest = endIn(year, zone);
      for (int other : new int[] {year - 1, year + 1}) {
        Instant end = endIn(other, zone);
        if (distance(now, end).compareTo(distance(now, nearest)) < 0) {
          nearest = end;
        }
      }
      return nearest;
    }

    @Override
    public String digits() {
      return fourDigits(day.getMonthValue(), day.getDayOfMonth());
    }

    @Override
    public String toString() {
      return "end of " + day;
    }

    private Instant endIn(int year, ZoneOffset zone) {
      LocalDate next = day.atYear(year).plusDays(1);
      return next.atStartOfDay(zone).toInstant();
    }

    private static Duration distance(Instant one, Instant other) {
      return Duration.between(one, other).abs();
    }
  }

  /** The expiry of this form that ends with this date. */
  static CertificateExpiry of(LocalDate lastDay, NetworkProfile.ExpiryForm form) {
    return switch (form) {
      case MONTH_YEAR -> new EndOfMonth(YearMonth.from(lastDay));
      case MONTH_DAY -> new EndOfDay(MonthDay.from(lastDay));
    };
  }

  static CertificateExpiry read(ByteReader in, String field, NetworkProfile.ExpiryForm form) {
    int digits = Integer.parseInt(in.bcd(LENGTH, field));
    int first = digits / 100;
    int second = digits % 100;
    try {
      CertificateExpiry expiry =
          switch (form) {
            case MONTH_YEAR -> new EndOfMonth(YearMonth.of(2000 + second, first));
            case MONTH_DAY -> new EndOfDay(MonthDay.of(first, second));
          };
      in.explain(expiry);
      return expiry;
    } catch (DateTimeException refused) {
      throw new MalformedException(field, "is not a date");
    }
  }

  private static String fourDigits(int first, int second) {
    return String.format(Locale.ROOT, "%02d%02d", first, second);
  }

  default void write(ByteWriter out) {
    out.bcd(digits(), LENGTH);
  }
}
