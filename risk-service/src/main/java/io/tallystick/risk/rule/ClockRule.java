package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import io.tallystick.risk.observation.WalletClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The clocks of a tap must tell one story: the wallet's clock, the terminal's, and the last server
/// time the wallet saw plus the monotonic seconds since then. Nor was a tap made after it was
/// received.
///
/// A monotonic clock drifts by parts per million, so a wallet long offline is given more. A
/// powered-off wallet has no clock: only the last check applies.
public record ClockRule(Thresholds thresholds) implements RiskRule {
  /// @param driftPartsPerMillion added to the tolerance for every million seconds since the last
  ///   server time
  public record Thresholds(RiskOutcome outcome, Duration tolerance, int driftPartsPerMillion) {}

  /// One comparison.
  private record Check(String name, String what, Duration apart, Duration allowed) {
    boolean fails() {
      return apart.compareTo(allowed) > 0;
    }
  }

  @Override
  public RuleName name() {
    return RuleName.CLOCK;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name())
            .threshold("toleranceSeconds", thresholds.tolerance().toSeconds())
            .threshold("driftPartsPerMillion", thresholds.driftPartsPerMillion());
    TapEvidence tap = observation.tap();
    if (tap == null) {
      return evidence.notApplicable("a code is paid at server time");
    }
    Check failed = null;
    for (Check check : checks(observation, tap.poweredOff() ? null : tap.clock())) {
      evidence.input(check.name(), check.apart().toSeconds());
      if (failed == null && check.fails()) {
        failed = check;
      }
    }
    if (failed == null) {
      return evidence.clear();
    }
    evidence.threshold("allowedSeconds", failed.allowed().toSeconds());
    return evidence.raise(
        thresholds.outcome(),
        List.of(observation.paymentId()),
        "Rule clock: %s by %s; at most %s pass."
            .formatted(
                failed.what(),
                Figures.duration(failed.apart()),
                Figures.duration(failed.allowed())));
  }

  private List<Check> checks(Observation observation, @Nullable WalletClock clock) {
    Duration tolerance = thresholds.tolerance();
    Check future =
        new Check(
            "tappedAfterReceivedSeconds",
            "the tap was made after it was received",
            Duration.between(observation.receivedAt(), observation.paidAt()),
            tolerance);
    if (clock == null) {
      return List.of(future);
    }
    Check terminal =
        new Check(
            "createdToTappedSeconds",
            "the wallet's clock and the terminal's differ",
            Duration.between(clock.createdAt(), observation.paidAt()).abs(),
            tolerance);
    Instant lastServerTime = clock.lastServerTime();
    if (lastServerTime == null) {
      return List.of(future, terminal);
    }
    Instant expected = lastServerTime.plusSeconds(clock.elapsedSeconds());
    Duration drift =
        Duration.ofMillis(clock.elapsedSeconds() * thresholds.driftPartsPerMillion() / 1000);
    Duration allowed = tolerance.plus(drift);
    return List.of(
        future,
        terminal,
        new Check(
            "createdToServerEvidenceSeconds",
            "the wallet's clock and its evidence of server time differ",
            Duration.between(expected, clock.createdAt()).abs(),
            allowed),
        new Check(
            "tappedToServerEvidenceSeconds",
            "the terminal's clock and the wallet's evidence of server time differ",
            Duration.between(expected, observation.paidAt()).abs(),
            allowed));
  }
}
