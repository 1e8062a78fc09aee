package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.util.List;

/// Counters that nobody has uploaded: taps withheld, or terminals that are still offline, which is
/// why a few pass.
public record CounterGapRule(Thresholds thresholds) implements RiskRule {
  /// @param maxMissing how many missing counters pass
  public record Thresholds(RiskOutcome outcome, int maxMissing) {}

  @Override
  public RuleName name() {
    return RuleName.COUNTER_GAP;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name()).threshold("maxMissingCounters", thresholds.maxMissing());
    TapEvidence tap = observation.tap();
    if (tap == null) {
      return evidence.notApplicable("a code has no counter");
    }
    evidence
        .input("missingCounters", tap.missingCounters())
        .input("counter", tap.serial().counter());
    if (tap.missingCounters() <= thresholds.maxMissing()) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        List.of(observation.paymentId()),
        "Rule counter_gap: %s before counter %s of device %s are missing; at most %d pass."
            .formatted(
                Figures.count(tap.missingCounters(), "counter"),
                tap.serial().counter(),
                observation.deviceId(),
                thresholds.maxMissing()));
  }
}
