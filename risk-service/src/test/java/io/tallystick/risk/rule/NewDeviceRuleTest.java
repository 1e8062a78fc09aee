package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewDeviceRuleTest {
  private static final NewDeviceRule RULE =
      new NewDeviceRule(
          new NewDeviceRule.Thresholds(RiskOutcome.FREEZE, Duration.ofHours(24), 100_000));

  @ParameterizedTest
  @CsvSource({
    // seconds since enrolment, amount, outcome
    "3600,  100000, CLEAR",
    "3600,  100001, FREEZE",
    "86399, 100001, FREEZE",
    "86400, 100001, CLEAR",
    "0,     100001, FREEZE",
    "-60,   100001, FREEZE",
    "-60,   100000, CLEAR",
  })
  void freezesLargerAmountsOnANewDevice(long age, long amountMinor, RiskOutcome outcome) {
    assertThat(
            RULE.judge(
                    Sample.tap(1).amount(amountMinor).observe(),
                    Histories.of().enrolledAt(Sample.NOON.minusSeconds(age)).make())
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  void takesADeviceNobodyHeardOfForANewOne() {
    Finding finding = RULE.judge(Sample.tap(1).amount(100_001).observe(), History.EMPTY);

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.inputs()).containsEntry("enrolledAt", "unknown");
    assertThat(finding.explanation())
        .isEqualTo(
            "Rule new_device: 1000.01 CNY with device 00000000000000a1, whose enrolment isn't known"
                + " yet; in the first 1 d at most 1000.00 CNY pass.");
  }

  @Test
  void takesTheCallersWordWhenTheEnrolmentWasNotHeardOf() {
    assertThat(
            RULE.judge(
                    Sample.code()
                        .amount(100_001)
                        .enrolledAt(Sample.NOON.minus(Duration.ofDays(30)))
                        .observe(),
                    History.EMPTY)
                .outcome())
        .isEqualTo(RiskOutcome.CLEAR);
  }

  @Test
  void takesWhatWasHeardBeforeTheCallersWord() {
    Finding finding =
        RULE.judge(
            Sample.code()
                .amount(100_001)
                .enrolledAt(Sample.NOON.minus(Duration.ofDays(30)))
                .observe(),
            Histories.of().enrolledAt(Sample.NOON.minusSeconds(7_260)).make());

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.explanation()).contains("enrolled 2 h 1 min before");
  }
}
