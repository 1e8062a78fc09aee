package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.time.Duration;
import java.util.List;

/// A tap whose first half comes after the grace period: a terminal long offline, or evidence held
/// back until it suited. Small amounts pass.
public record LateHalfRule(Thresholds thresholds) implements RiskRule {
  /// @param maxAmountMinor what passes late, minor units of the payment's currency
  public record Thresholds(RiskOutcome outcome, long maxAmountMinor) {}

  @Override
  public RuleName name() {
    return RuleName.LATE_HALF;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name()).threshold("maxAmountMinor", thresholds.maxAmountMinor());
    TapEvidence tap = observation.tap();
    if (tap == null) {
      return evidence.notApplicable("a code has no halves");
    }
    Duration delay = Duration.between(observation.paidAt(), observation.receivedAt());
    long amountMinor = observation.amount().amountMinor();
    evidence
        .input("late", tap.late())
        .input("secondsUntilUpload", delay.toSeconds())
        .input("amountMinor", amountMinor);
    if (!tap.late() || amountMinor <= thresholds.maxAmountMinor()) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        List.of(observation.paymentId()),
        "Rule late_half: %s was uploaded %s after the tap, later than the grace period; at most %s pass so."
            .formatted(
                observation.amount(),
                Figures.duration(delay),
                Figures.minor(thresholds.maxAmountMinor(), observation.amount())));
  }
}
