package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.rule.AmountRule.Baseline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountRuleTest {
  private static AmountRule rule(Baseline baseline, int minPayments, long floorMinor) {
    return new AmountRule(
        new AmountRule.Thresholds(
            RiskOutcome.FREEZE, baseline, 90, 5, minPayments, 50, floorMinor));
  }

  /// Five earlier payments of 10, 20, 30, 40, 50: a mean of 30.
  @ParameterizedTest
  @CsvSource({
    "15000, 0,     CLEAR", // five times the mean
    "15001, 0,     FREEZE",
    "15001, 15001, CLEAR", // not above the floor
    "15002, 15001, FREEZE",
    "100,   0,     CLEAR",
  })
  void freezesAboveSoManyTimesTheMean(long amountMinor, long floorMinor, RiskOutcome outcome) {
    Finding finding =
        rule(Baseline.MEAN, 5, floorMinor)
            .judge(
                Sample.tap(9).amount(amountMinor).observe(),
                Histories.of().paid(1000, 2000, 3000, 4000, 5000).make());

    assertThat(finding.outcome()).isEqualTo(outcome);
    assertThat(finding.inputs()).containsEntry("baselineMinor", "3000.0");
  }

  @Test
  void doesNotApplyWithTooFewEarlierPayments() {
    AmountRule rule = rule(Baseline.MEAN, 5, 0);

    assertThat(
            rule.judge(
                    Sample.tap(9).amount(1_000_000).observe(),
                    Histories.of().paid(100, 100, 100, 100).make())
                .inputs())
        .containsEntry("notApplicable", "too few earlier payments")
        .containsEntry("earlierPayments", "4");
    assertThat(
            rule.judge(
                    Sample.tap(9).amount(1_000_000).observe(),
                    Histories.of().paid(100, 100, 100, 100, 100).make())
                .outcome())
        .isEqualTo(RiskOutcome.FREEZE);
  }

  @Test
  void takesAPercentileByNearestRank() {
    AmountRule rule = rule(Baseline.PERCENTILE, 1, 0);
    Histories ten = Histories.of().paid(100, 200, 300, 400, 500, 600, 700, 800, 900, 99_999);

    Finding finding = rule.judge(Sample.tap(9).amount(4501).observe(), ten.make());

    // One outlier doesn't make the ninetieth percentile of ten.
    assertThat(finding.inputs())
        .containsEntry("baseline", "90th percentile")
        .containsEntry("baselineMinor", "900.0");
    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(rule.judge(Sample.tap(9).amount(4500).observe(), ten.make()).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
    assertThat(
            rule.judge(Sample.tap(9).amount(501).observe(), Histories.of().paid(100).make())
                .outcome())
        .isEqualTo(RiskOutcome.FREEZE);
  }

  @Test
  void looksAtTheLastPaymentsOnly() {
    AmountRule rule =
        new AmountRule(
            new AmountRule.Thresholds(RiskOutcome.FREEZE, Baseline.MEAN, 90, 5, 1, 2, 0));

    Finding finding =
        rule.judge(
            Sample.tap(9).amount(501).observe(), Histories.of().paid(100, 100, 1_000_000).make());

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.inputs()).containsEntry("earlierPayments", "2");
  }

  @Test
  void explainsWithFiguresAndThePaymentsCompared() {
    Finding finding =
        rule(Baseline.MEAN, 2, 20_000)
            .judge(
                Sample.code().amount(188_800).observe("pay_x"),
                Histories.of().paid(2500, 1500).make());

    assertThat(finding.explanation())
        .isEqualTo(
            "Rule amount: 1888.00 CNY is 94.4 times the mean of the payer's last 2 payments (20.00"
                + " CNY); at most 5.0 times pass above a floor of 200.00 CNY.");
    assertThat(finding.paymentIds()).containsExactly("pay_earlier_1", "pay_earlier_0", "pay_x");
  }
}
