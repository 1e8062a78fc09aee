package io.tallystick.risk.thresholds;

import java.util.List;

/// A thresholds file was refused. Names every fault found, so that one round of correction is
/// enough.
public final class ThresholdsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  ThresholdsException(String source, List<String> faults) {
    super("Thresholds refused, " + source + ": " + String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /// Each begins with the path of the key: `rules.speed.max_km_per_hour must be ...`.
  public List<String> faults() {
    return faults;
  }
}
