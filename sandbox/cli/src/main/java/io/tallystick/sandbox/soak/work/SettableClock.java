package io.tallystick.sandbox.soak.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The clock of a phone or a till, which somebody can set.
final class SettableClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  /// Sets it this far ahead of the right time, or behind.
  void setAhead(Duration by) {
    ahead = by;
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a device's clock has no zone");
  }
}
