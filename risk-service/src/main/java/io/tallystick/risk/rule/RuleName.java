package io.tallystick.risk.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The rules there are. Their wire names stand in reasons, stored decisions and the thresholds
/// file, and never change.
public enum RuleName {
  DOUBLE_SPEND,
  INTEGRITY,
  CLOCK,
  ALLOWANCE,
  COUNTER_GAP,
  FREQUENCY,
  SPEED,
  LOCATION,
  AMOUNT,
  NEW_DEVICE,
  LATE_HALF,
  CAUTION;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RuleName> ofWire(String wire) {
    return Arrays.stream(values()).filter(name -> name.wire().equals(wire)).findFirst();
  }
}
