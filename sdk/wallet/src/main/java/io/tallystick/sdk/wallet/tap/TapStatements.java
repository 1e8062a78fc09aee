package io.tallystick.sdk.wallet.tap;

import io.tallystick.protocol.tap.BehaviourFingerprint;
import io.tallystick.protocol.tap.ClockEvidence;
import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.sdk.wallet.ServerTimeSeen;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.WalletTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** What a wallet says in a token about itself and about the time. */
final class TapStatements {
  /** A device clock that is this far from the evidence was set by somebody. */
  private static final Duration CLOCK_CHANGED = Duration.ofMinutes(2);

  private static final long MAX_ELAPSED_SECONDS = 0xFFFF_FFFFL;

  private TapStatements() {}

  static BehaviourFingerprint fingerprint(
      WalletState state, TapContext context, Instant now, WalletTime time) {
    Set<IntegrityFlag> integrity = EnumSet.noneOf(IntegrityFlag.class);
    integrity.addAll(context.integrity());
    Duration off = Duration.between(time.now(state.serverTimeSeen()), time.deviceClock().instant());
    if (off.abs().compareTo(CLOCK_CHANGED) > 0) {
      integrity.add(IntegrityFlag.CLOCK_CHANGED);
    }
    return new BehaviourFingerprint(
        context.location(),
        (int) Math.min(context.sinceUnlock().toSeconds(), BehaviourFingerprint.MAX_SECONDS),
        tapsWithin(state, now, Duration.ofSeconds(10)),
        tapsWithin(state, now, Duration.ofMinutes(1)),
        tapsWithin(state, now, Duration.ofHours(1)),
        integrity,
        context.unlockMethod());
  }

  /** Nothing, when the monotonic clock has restarted since the server time was seen. */
  static ClockEvidence clockEvidence(WalletState state, WalletTime time) {
    ServerTimeSeen seen = state.serverTimeSeen();
    if (seen == null) {
      return ClockEvidence.NONE;
    }
    return seen.elapsed(time.monotonicClock().read())
        .map(elapsed ->
            new ClockEvidence(
                seen.serverTime(), Math.min(elapsed.toSeconds(), MAX_ELAPSED_SECONDS)))
        .orElse(ClockEvidence.NONE);
  }

  private static int tapsWithin(WalletState state, Instant now, Duration window) {
    Instant from = now.minus(window);
    return (int)
        state.taps().stream()
            .map(tap -> tap.token().body().createdAt())
            .filter(createdAt -> !createdAt.isBefore(from) && !createdAt.isAfter(now))
            .count();
  }
}
