package io.tallystick.sdk.wallet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Two clocks in the test's hand: the device's, which anyone may set, and the monotonic one. */
public final class TestTime extends Clock implements MonotonicClock {
  private Instant now;
  private long millis = 1_000;
  private String run = "run-1";

  public TestTime(Instant now) {
    this.now = now;
  }

  public WalletTime walletTime() {
    return new WalletTime(this, this);
  }

  /** Time goes by on both clocks. */
  public void pass(Duration duration) {
    now = now.plus(duration);
    millis += duration.toMillis();
  }

  /** Somebody sets the device's clock. */
  public void setDeviceClock(Instant instant) {
    now = instant;
  }

  public void restart() {
    run = "run-2";
    millis = 0;
  }

  @Override
  public Reading read() {
    return new Reading(run, millis);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
