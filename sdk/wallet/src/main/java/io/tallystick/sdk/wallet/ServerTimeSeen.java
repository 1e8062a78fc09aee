package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The last server time the wallet has seen and what its monotonic clock said then: evidence of the
 * time that setting the device's clock doesn't change.
 */
public record ServerTimeSeen(Instant serverTime, MonotonicClock.Reading at) {
  public ServerTimeSeen {
    requireNonNull(serverTime, "serverTime is null");
    requireNonNull(at, "at is null");
  }

  /** Time since it was seen; empty when the monotonic clock has restarted. */
  public Optional<Duration> elapsed(MonotonicClock.Reading now) {
    return now.run().equals(at.run()) && now.millis() >= at.millis()
        ? Optional.of(Duration.ofMillis(now.millis() - at.millis()))
        : Optional.empty();
  }
}
