package io.tallystick.sdk.wallet.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.UnlockMethod;
import java.time.Duration;
import java.util.Set;

/**
 * What the app knows about the phone at the moment of a tap.
 *
 * @param location where, coarsely
 * @param sinceUnlock since the phone was unlocked
 * @param unlockMethod how it was; {@link UnlockMethod#NONE} while it is locked
 * @param integrity what was noticed about it
 */
public record TapContext(
    LocationCell location,
    Duration sinceUnlock,
    UnlockMethod unlockMethod,
    Set<IntegrityFlag> integrity) {
  public TapContext {
    requireNonNull(location, "location is null");
    requireNonNull(unlockMethod, "unlockMethod is null");
    integrity = Set.copyOf(integrity);
    if (sinceUnlock.isNegative()) {
      throw new IllegalArgumentException("sinceUnlock is negative: " + sinceUnlock);
    }
  }

  /** Unlocked by face this moment, nothing noticed. */
  public static TapContext at(LocationCell location) {
    return new TapContext(location, Duration.ZERO, UnlockMethod.FACE, Set.of());
  }
}
