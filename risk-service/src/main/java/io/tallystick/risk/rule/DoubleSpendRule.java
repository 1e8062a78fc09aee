package io.tallystick.risk.rule;

import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.util.List;
import java.util.Optional;

/// The device has signed one serial twice; it is being revoked, and what it signed besides is in
/// doubt.
///
/// The token that stands under the doubled serial itself isn't concerned: which of two bodies
/// stands was settled when the first was received, and evidence may arrive here before it.
public record DoubleSpendRule(Thresholds thresholds) implements RiskRule {
  public record Thresholds(RiskOutcome outcome) {}

  @Override
  public RuleName name() {
    return RuleName.DOUBLE_SPEND;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence = new Evidence(name());
    TapEvidence tap = observation.tap();
    Optional<DoubleSpend> other =
        history.device().doubleSpends().stream()
            .filter(spend -> tap == null || !spend.serial().equals(tap.serial()))
            .findFirst();
    evidence.input("doubleSpends", history.device().doubleSpends().size());
    evidence.threshold("maxDoubleSpends", 0);
    if (other.isEmpty()) {
      return evidence.clear();
    }
    evidence.input("evidenceId", other.get().evidenceId());
    return evidence.raise(
        thresholds.outcome(),
        List.of("tap_" + other.get().serial(), observation.paymentId()),
        "Rule double_spend: device %s signed serial %s twice (evidence %s, detected %s)."
            .formatted(
                observation.deviceId(),
                other.get().serial(),
                other.get().evidenceId(),
                Figures.instant(other.get().detectedAt())));
  }
}
