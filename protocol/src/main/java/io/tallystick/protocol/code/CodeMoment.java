package io.tallystick.protocol.code;

import java.time.Instant;
import java.util.Comparator;

/**
 * Which code of a seed it is: the minute and the refresh index inside it. Later moments compare
 * greater; a seed's codes are used in that order and never twice.
 *
 * @param minute T, whole minutes since 1970-01-01 UTC
 * @param refreshIndex C, 0 to 9
 */
public record CodeMoment(long minute, int refreshIndex) implements Comparable<CodeMoment> {
  /** Codes inside one minute. */
  public static final int REFRESHES_PER_MINUTE = 10;

  private static final Comparator<CodeMoment> ORDER =
      Comparator.comparingLong(CodeMoment::minute).thenComparingInt(CodeMoment::refreshIndex);

  public CodeMoment {
    if (minute < 0) {
      throw new IllegalArgumentException("minute is negative: " + minute);
    }
    if (refreshIndex < 0 || refreshIndex >= REFRESHES_PER_MINUTE) {
      throw new IllegalArgumentException("refreshIndex is not 0 to 9: " + refreshIndex);
    }
  }

  /** The moment of this instant with this refresh index. */
  public static CodeMoment at(Instant instant, int refreshIndex) {
    return new CodeMoment(minuteOf(instant), refreshIndex);
  }

  static long minuteOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), 60L);
  }

  public boolean isAfter(CodeMoment other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(CodeMoment other) {
    return ORDER.compare(this, other);
  }
}
