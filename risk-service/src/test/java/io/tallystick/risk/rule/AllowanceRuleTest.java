package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceRuleTest {
  private static final Instant NOON = Sample.NOON;
  private static final AllowanceRule RULE =
      new AllowanceRule(new AllowanceRule.Thresholds(RiskOutcome.FREEZE, Duration.ofSeconds(300)));

  @ParameterizedTest
  @CsvSource({
    // previous counter and what it left; this tap's counter, amount and what it leaves
    "4, 10000, 5, 3000,  7000, CLEAR",
    "4, 10000, 5, 10000, 0,    CLEAR",
    "4, 10000, 5, 3000,  6999, FREEZE",
    "4, 10000, 5, 3000,  7001, FREEZE",
    "4, 2000,  5, 3000,  0,    FREEZE",
    "4, 2000,  5, 3000, -1000, FREEZE",
    // over a gap what is left can only be less
    "3, 10000, 5, 3000,  7000, CLEAR",
    "3, 10000, 5, 3000,  100,  CLEAR",
    "3, 10000, 5, 3000,  7001, FREEZE",
  })
  void freezesWhenTheSumDoesNotComeOut(
      long previousCounter,
      long previousLeft,
      long counter,
      long amountMinor,
      long left,
      RiskOutcome outcome) {
    Finding finding =
        RULE.judge(
            Sample.tap(counter).amount(amountMinor).left(left).observe(),
            Histories.of()
                .granted(NOON.minus(Duration.ofDays(3)), 50_000)
                .previous(Sample.tap(previousCounter).at(-3600).left(previousLeft).knownTap())
                .make());

    assertThat(finding.outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 1000, 4000, 5000, CLEAR",
    "6, 1000, 4001, 5000, FREEZE",
    "6, 1000, 3999, 5000, FREEZE",
    "8, 1000, 2000, 5000, CLEAR",
    "8, 1000, 4001, 5000, FREEZE",
  })
  void looksAtTheNextCounterWhenItCameFirst(
      long nextCounter, long nextAmount, long nextLeft, long left, RiskOutcome outcome) {
    Finding finding =
        RULE.judge(
            Sample.tap(5).left(left).observe(),
            Histories.of()
                .next(Sample.tap(nextCounter).at(3600).amount(nextAmount).left(nextLeft).knownTap())
                .make());

    assertThat(finding.outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "2000,  48000, CLEAR",
    "2000,  100,   CLEAR",
    "2000,  48001, FREEZE",
    "50001, 0,     FREEZE",
  })
  void takesTheGrantWhenNoLowerCounterIsKnown(long amountMinor, long left, RiskOutcome outcome) {
    Finding finding =
        RULE.judge(
            Sample.tap(5).amount(amountMinor).left(left).observe(),
            Histories.of().granted(NOON.minusSeconds(60), 50_000).make());

    assertThat(finding.outcome()).isEqualTo(outcome);
    assertThat(finding.inputs()).containsEntry("grantedMinor", "50000");
  }

  @ParameterizedTest
  @CsvSource({
    // the renewal, in seconds from this tap; the tap before it was an hour ago
    "-1800, CLEAR",
    "300,   CLEAR", // clocks may differ by so much
    "301,   FREEZE",
    "-3900, CLEAR",
    "-3901, FREEZE",
  })
  void allowsForARenewalInBetween(long renewedAt, RiskOutcome outcome) {
    Finding finding =
        RULE.judge(
            Sample.tap(5).amount(2000).left(48_000).observe(),
            Histories.of()
                .granted(NOON.plusSeconds(renewedAt), 50_000)
                .previous(Sample.tap(4).at(-3600).left(1000).knownTap())
                .make());

    assertThat(finding.outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"48000, CLEAR", "48001, FREEZE", "48999, FREEZE"})
  void aRenewalInBetweenMustComeOutToo(long left, RiskOutcome outcome) {
    History history =
        Histories.of()
            .granted(NOON.minusSeconds(1800), 50_000)
            .previous(Sample.tap(4).at(-3600).left(1000).knownTap())
            .make();

    assertThat(RULE.judge(Sample.tap(5).amount(2000).left(left).observe(), history).outcome())
        .isEqualTo(outcome);
  }

  @Test
  void aGrantOfAnotherCurrencyExplainsNothing() {
    History history = Histories.of().granted(NOON.minusSeconds(60), 50_000).make();

    assertThat(
            RULE.judge(Sample.tap(5).currency("HKD").amount(2000).left(60_000).observe(), history)
                .inputs())
        .containsEntry("grantedMinor", "unknown");
  }

  @Test
  void saysWhatDoesNotComeOutOfExactlyEnough() {
    History history = Histories.of().previous(Sample.tap(4).at(-3600).left(2000).knownTap()).make();

    assertThat(RULE.judge(Sample.tap(5).amount(2000).left(500).observe(), history).explanation())
        .isEqualTo(
            "Rule allowance: counter 5 leaves 5.00 CNY, 0.00 CNY were to be left after 20.00 CNY"
                + " from the 20.00 CNY of counter 4.");
  }

  @Test
  void saysWhatDoesNotComeOut() {
    History history = Histories.of().previous(Sample.tap(4).at(-3600).left(2000).knownTap()).make();

    assertThat(RULE.judge(Sample.tap(5).amount(3000).left(-1000).observe(), history).explanation())
        .isEqualTo(
            "Rule allowance: counter 5 spends 30.00 CNY, which is 10.00 CNY more than the device's"
                + " allowance had left.");
    assertThat(RULE.judge(Sample.tap(5).amount(3000).left(500).observe(), history))
        .satisfies(finding -> {
          assertThat(finding.explanation())
              .isEqualTo(
                  "Rule allowance: counter 5 spends 30.00 CNY when 20.00 CNY were left after"
                      + " counter 4.");
          assertThat(finding.paymentIds())
              .containsExactly(Sample.tap(4).paymentId(), Sample.tap(5).paymentId());
        });
    assertThat(RULE.judge(Sample.tap(5).amount(500).left(1999).observe(), history).explanation())
        .isEqualTo(
            "Rule allowance: counter 5 leaves 19.99 CNY, 15.00 CNY were to be left after 5.00 CNY"
                + " from the 20.00 CNY of counter 4.");
  }

  @Test
  void standsWhateverATokenSays() {
    History history =
        Histories.of()
            .previous(Sample.tap(4).left(Long.MIN_VALUE).knownTap())
            .next(Sample.tap(6).left(Long.MAX_VALUE).knownTap())
            .make();

    assertThat(RULE.judge(Sample.tap(5).left(Long.MIN_VALUE).observe(), history).outcome())
        .isEqualTo(RiskOutcome.FREEZE);
    assertThat(RULE.judge(Sample.tap(5).left(Long.MAX_VALUE).observe(), history).outcome())
        .isEqualTo(RiskOutcome.FREEZE);
    assertThat(RULE.judge(Sample.tap(5).left(10).observe(), history).outcome())
        .isEqualTo(RiskOutcome.FREEZE);
  }

  @Test
  void doesNotApplyToCodesNorAcrossCurrencies() {
    History history =
        Histories.of().previous(Sample.tap(4).currency("HKD").left(0).knownTap()).make();

    assertThat(RULE.judge(Sample.code().observe(), History.EMPTY).inputs())
        .containsKey("notApplicable");
    assertThat(RULE.judge(Sample.tap(5).left(700).observe(), history).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
  }
}
