package io.tallystick.seed.harness;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The service's clock in tests: moves on when a test advances it, and by a microsecond whenever it
/// is read, so that what came later has a later time and no limit is reached or missed because a
/// machine is slow.
@Singleton
public class MovableClock extends Clock {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));

  public void advance(Duration by) {
    now.updateAndGet(from -> from.plus(by));
  }

  /// Moves forward to a moment this long after the beginning of a minute, so that a test of minutes
  /// doesn't run across the end of one.
  public void advanceIntoMinute(Duration after) {
    long intoMinuteMillis = Math.floorMod(instant().toEpochMilli(), 60_000L);
    advance(Duration.ofMillis(60_000L - intoMinuteMillis).plus(after));
  }

  @Override
  public Instant instant() {
    return now.updateAndGet(from -> from.plusNanos(1_000));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("services know UTC only");
  }
}
