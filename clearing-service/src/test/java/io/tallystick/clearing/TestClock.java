package io.tallystick.clearing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The server's clock, which tests may set forward. Ticks in microseconds, as PostgreSQL stores.
public final class TestClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  /// Moves the clock forward.
  public void advance(Duration duration) {
    ahead = ahead.plus(duration);
  }

  public void reset() {
    ahead = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("tests use UTC");
  }

  /// Replaces the kit's clock.
  static final class Producer {
    @Produces
    @Singleton
    TestClock testClock() {
      return new TestClock();
    }
  }
}
