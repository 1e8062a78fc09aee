package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What time a wallet takes it to be: the last server time seen plus the monotonic time since, and
 * the device's clock where there is no such evidence.
 */
public record WalletTime(Clock deviceClock, MonotonicClock monotonicClock) {
  public WalletTime {
    requireNonNull(deviceClock, "deviceClock is null");
    requireNonNull(monotonicClock, "monotonicClock is null");
  }

  /** The device's clock and the host's monotonic one. */
  public static WalletTime ofHost() {
    return new WalletTime(Clock.systemUTC(), HostMonotonicClock.create());
  }

  public Instant now(@Nullable ServerTimeSeen seen) {
    if (seen == null) {
      return deviceClock.instant();
    }
    return seen.elapsed(monotonicClock.read())
        .map(seen.serverTime()::plus)
        .orElseGet(deviceClock::instant);
  }

  /** Evidence of a server time that has just arrived. */
  public ServerTimeSeen saw(Instant serverTime) {
    return new ServerTimeSeen(serverTime, monotonicClock.read());
  }
}
