package io.tallystick.seed.harness;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The service's clock in tests: runs with the system's, ahead of it by what tests have advanced
/// it.
@Singleton
public class MovableClock extends Clock {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  public void advance(Duration by) {
    ahead.accumulateAndGet(by, Duration::plus);
  }

  /// Moves forward to a moment this long after the beginning of a minute, so that a test of minutes
  /// doesn't run across the end of one.
  public void advanceIntoMinute(Duration after) {
    long intoMinuteMillis = Math.floorMod(instant().toEpochMilli(), 60_000L);
    advance(Duration.ofMillis(60_000L - intoMinuteMillis).plus(after));
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
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
