package io.tallystick.risk.observation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TokenSerial;
import org.jspecify.annotations.Nullable;

/// What only a tap has.
///
/// @param allowanceLeftMinor what the token says is left of the device's allowance after this tap
/// @param poweredOff signed by the secure element without a clock of its own
/// @param late uploaded after the grace period
/// @param missingCounters counters before this one that nobody has uploaded yet
public record TapEvidence(
    TokenSerial serial,
    long allowanceLeftMinor,
    boolean poweredOff,
    boolean late,
    long missingCounters,
    @Nullable Behaviour behaviour,
    @Nullable WalletClock clock) {
  public TapEvidence {
    requireNonNull(serial, "serial is null");
    if (missingCounters < 0) {
      throw new IllegalArgumentException("missingCounters is negative: " + missingCounters);
    }
  }
}
