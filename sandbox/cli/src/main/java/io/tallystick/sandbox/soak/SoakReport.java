package io.tallystick.sandbox.soak;

import java.util.List;
import java.util.Map;

/// What came of a soak; plain data, for `--json`.
///
/// @param seed of the plan
/// @param planDigest SHA-256 of the plan: the same for the same seed and length
/// @param steps that payers and tills took
/// @param faults that were done, by kind
/// @param told how often callers were told what
/// @param paidWithoutAnswer orders whose answer was lost and that were paid all the same
/// @param looked how many things each check looked at
/// @param findings what is wrong, by check; empty when nothing is
/// @param total how many things are wrong, told or not
/// @param seconds it took, start and end included
/// @param folder with plan, journal and logs
public record SoakReport(
    long seed,
    String planDigest,
    int steps,
    Map<String, Integer> faults,
    Map<String, Long> told,
    long paidWithoutAnswer,
    Map<String, Long> looked,
    Map<String, List<String>> findings,
    long total,
    long seconds,
    String folder) {
  /// Whether the platform kept its word.
  public boolean sound() {
    return total == 0;
  }
}
