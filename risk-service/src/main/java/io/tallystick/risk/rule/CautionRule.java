package io.tallystick.risk.rule;

import io.tallystick.risk.history.Caution;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import java.time.Duration;
import java.util.List;

/// The payer has just failed a challenge: whoever holds the wallet may not be the payer. A
/// challenge passed since then lifts it. Server time counts: neither party can move it.
public record CautionRule(Thresholds thresholds) implements RiskRule {
  /// @param lasts how long after the failure
  /// @param maxAmountMinor what passes meanwhile, minor units of the payment's currency
  public record Thresholds(RiskOutcome outcome, Duration lasts, long maxAmountMinor) {}

  @Override
  public RuleName name() {
    return RuleName.CAUTION;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name())
            .threshold("lastsHours", thresholds.lasts().toHours())
            .threshold("maxAmountMinor", thresholds.maxAmountMinor());
    Caution caution = history.caution();
    if (caution == null) {
      return evidence.notApplicable("no failed challenge");
    }
    long amountMinor = observation.amount().amountMinor();
    Duration since = Duration.between(caution.failedAt(), observation.receivedAt());
    evidence
        .input("challengeFailedAt", caution.failedAt())
        .input("lifted", caution.isLifted())
        .input("secondsSinceFailure", since.toSeconds())
        .input("amountMinor", amountMinor);
    if (caution.isLifted()
        || since.compareTo(thresholds.lasts()) > 0
        || amountMinor <= thresholds.maxAmountMinor()) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        List.of(caution.paymentId(), observation.paymentId()),
        "Rule caution: the payer failed the challenge about %s at %s; within %s of it at most %s pass."
            .formatted(
                caution.paymentId(),
                Figures.instant(caution.failedAt()),
                Figures.duration(thresholds.lasts()),
                Figures.minor(thresholds.maxAmountMinor(), observation.amount())));
  }
}
