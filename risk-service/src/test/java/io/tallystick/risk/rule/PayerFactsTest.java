package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.Caution;
import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.history.History;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules about what a payer or device did before: caution, double spend.
class PayerFactsTest {
  private static final Instant NOON = Sample.NOON;
  private static final CautionRule CAUTION =
      new CautionRule(new CautionRule.Thresholds(RiskOutcome.FREEZE, Duration.ofHours(24), 5_000));
  private static final DoubleSpendRule DOUBLE_SPEND =
      new DoubleSpendRule(new DoubleSpendRule.Thresholds(RiskOutcome.REFUSE));

  @ParameterizedTest
  @CsvSource({
    "3600,  5000, CLEAR",
    "3600,  5001, FREEZE",
    "86400, 5001, FREEZE",
    "86401, 5001, CLEAR",
  })
  void freezesLargerAmountsAfterAFailedChallenge(
      long secondsAgo, long amountMinor, RiskOutcome outcome) {
    History history =
        Histories.of()
            .caution(new Caution("pay_failed", NOON.minusSeconds(secondsAgo), null))
            .make();

    assertThat(CAUTION.judge(Sample.code().amount(amountMinor).observe(), history).outcome())
        .isEqualTo(outcome);
  }

  @Test
  void aPassedChallengeLiftsCaution() {
    Instant failed = NOON.minusSeconds(600);
    Histories lifted = Histories.of().caution(new Caution("p", failed, failed.plusSeconds(1)));
    Histories earlier = Histories.of().caution(new Caution("p", failed, failed));

    assertThat(CAUTION.judge(Sample.code().amount(9_000).observe(), lifted.make()).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
    assertThat(CAUTION.judge(Sample.code().amount(9_000).observe(), earlier.make()).outcome())
        .isEqualTo(RiskOutcome.FREEZE);
    assertThat(CAUTION.judge(Sample.code().amount(9_000).observe(), History.EMPTY).inputs())
        .containsKey("notApplicable");
  }

  @Test
  void saysWhichChallengeFailed() {
    Finding finding =
        CAUTION.judge(
            Sample.code().amount(9_000).observe("pay_x"),
            Histories.of().caution(new Caution("pay_failed", NOON.minusSeconds(60), null)).make());

    assertThat(finding.paymentIds()).containsExactly("pay_failed", "pay_x");
    assertThat(finding.explanation())
        .isEqualTo(
            "Rule caution: the payer failed the challenge about pay_failed at 2026-03-01T11:59:00Z;"
                + " within 1 d of it at most 50.00 CNY pass.");
  }

  @Test
  void doubtsADeviceThatSpentTwice() {
    History history = Histories.of().spentTwice(spend(3)).make();

    Finding tap = DOUBLE_SPEND.judge(Sample.tap(4).observe(), history);
    assertThat(tap.outcome()).isEqualTo(RiskOutcome.REFUSE);
    assertThat(tap.paymentIds())
        .containsExactly(Sample.tap(3).paymentId(), Sample.tap(4).paymentId());
    assertThat(tap.explanation())
        .isEqualTo(
            "Rule double_spend: device 00000000000000a1 signed serial 00000000000000a100000003"
                + " twice (evidence ev-3, detected 2026-03-01T12:00:00Z).");
    assertThat(DOUBLE_SPEND.judge(Sample.code().observe(), history).outcome())
        .isEqualTo(RiskOutcome.REFUSE);
    assertThat(DOUBLE_SPEND.judge(Sample.code().observe(), History.EMPTY).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
  }

  @Test
  void leavesTheTokenThatStandsAlone() {
    History own = Histories.of().spentTwice(spend(4)).make();
    History both = Histories.of().spentTwice(spend(4)).spentTwice(spend(3)).make();

    assertThat(DOUBLE_SPEND.judge(Sample.tap(4).observe(), own).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
    assertThat(DOUBLE_SPEND.judge(Sample.tap(4).observe(), both).outcome())
        .isEqualTo(RiskOutcome.REFUSE);
  }

  private static DoubleSpend spend(long counter) {
    return new DoubleSpend(
        TokenSerial.of(Sample.DEVICE, Counter.of(counter)), "ev-" + counter, NOON);
  }
}
