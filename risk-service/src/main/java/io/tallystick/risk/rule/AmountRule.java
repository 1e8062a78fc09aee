package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.history.PaidAmount;
import io.tallystick.risk.observation.Observation;
import java.util.List;
import java.util.stream.Stream;

/// Far more than this payer pays otherwise.
///
/// The baseline is the mean or a percentile of what the payer's last payments moved: money that was
/// refused or went back says nothing of the payer's habits, and an attack that failed can't raise
/// it. With few earlier payments there is no habit yet, and small amounts are nobody's concern.
public record AmountRule(Thresholds thresholds) implements RiskRule {
  /// @param percentile 1 to 99; used when the baseline is [Baseline#PERCENTILE]
  /// @param timesBaseline how many times the baseline passes
  /// @param minPayments below this many earlier payments the rule doesn't apply
  /// @param historyPayments how many of the last payments are looked at
  /// @param floorMinor up to this amount the rule doesn't apply
  public record Thresholds(
      RiskOutcome outcome,
      Baseline baseline,
      int percentile,
      double timesBaseline,
      int minPayments,
      int historyPayments,
      long floorMinor) {}

  /// What stands for the payer's habit.
  public enum Baseline {
    MEAN,
    PERCENTILE
  }

  @Override
  public RuleName name() {
    return RuleName.AMOUNT;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    List<PaidAmount> paid = history.amounts().stream().limit(thresholds.historyPayments()).toList();
    long amountMinor = observation.amount().amountMinor();
    Evidence evidence =
        new Evidence(name())
            .input("amountMinor", amountMinor)
            .input("earlierPayments", paid.size())
            .threshold("timesBaseline", thresholds.timesBaseline())
            .threshold("minPayments", thresholds.minPayments())
            .threshold("floorMinor", thresholds.floorMinor());
    if (paid.isEmpty() || paid.size() < thresholds.minPayments()) {
      return evidence.notApplicable("too few earlier payments");
    }
    double baselineMinor = baselineMinor(paid);
    double times = amountMinor / baselineMinor;
    evidence
        .input("baseline", baselineName())
        .input("baselineMinor", Figures.decimal(baselineMinor))
        .input("timesBaseline", Figures.decimal(times));
    if (amountMinor <= thresholds.floorMinor()
        || amountMinor <= thresholds.timesBaseline() * baselineMinor) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        compared(paid, observation.paymentId()),
        explain(observation, paid.size(), baselineMinor, times));
  }

  private String explain(Observation observation, int count, double baselineMinor, double times) {
    return ("Rule amount: %s is %s times the %s of the payer's last %s (%s); at most %s times"
            + " pass above a floor of %s.")
        .formatted(
            observation.amount(),
            Figures.decimal(times),
            baselineName(),
            Figures.count(count, "payment"),
            Figures.minor(Math.round(baselineMinor), observation.amount()),
            Figures.decimal(thresholds.timesBaseline()),
            Figures.minor(thresholds.floorMinor(), observation.amount()));
  }

  private static List<String> compared(List<PaidAmount> paid, String self) {
    Stream<String> earlier = paid.reversed().stream().map(PaidAmount::paymentId);
    return Stream.concat(earlier, Stream.of(self)).toList();
  }

  private String baselineName() {
    return switch (thresholds.baseline()) {
      case MEAN -> "mean";
      case PERCENTILE -> thresholds.percentile() + "th percentile";
    };
  }

  private double baselineMinor(List<PaidAmount> paid) {
    return switch (thresholds.baseline()) {
      case MEAN -> paid.stream().mapToLong(PaidAmount::movedMinor).average().orElseThrow();
      case PERCENTILE -> {
        long[] sorted = paid.stream().mapToLong(PaidAmount::movedMinor).sorted().toArray();
        // Nearest rank: the smallest amount that at least so many percent of all don't exceed.
        int rank = (int) Math.ceil(thresholds.percentile() / 100.0 * sorted.length);
        yield sorted[Math.max(1, rank) - 1];
      }
    };
  }
}
