package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.Reach;
import io.tallystick.risk.observation.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {
  private static final Trust TRUST = new Trust(Duration.ofMinutes(30), 10);
  private static final RiskRule GAP =
      new CounterGapRule(new CounterGapRule.Thresholds(RiskOutcome.FREEZE, 5));
  private static final RiskRule LATE =
      new LateHalfRule(new LateHalfRule.Thresholds(RiskOutcome.FREEZE, 0));
  private static final RiskRule INTEGRITY =
      new IntegrityRule(
          new IntegrityRule.Thresholds(
              Set.of(IntegrityFlag.ROOTED), Set.of(IntegrityFlag.EMULATOR)));
  private static final RiskRule SPEED =
      new SpeedRule(
          new SpeedRule.Thresholds(
              RiskOutcome.FREEZE, 800, 10, Duration.ofSeconds(60), Duration.ofHours(24)));

  private static final RuleBook BOOK =
      new RuleBook("v", List.of(GAP, LATE, INTEGRITY, SPEED), TRUST);

  /// Refuse before freeze before clear; every reason is kept.
  @ParameterizedTest
  @CsvSource({
    "0, false, 0, CLEAR,  ''",
    "9, false, 0, FREEZE, 'counter_gap'",
    "9, true,  0, FREEZE, 'counter_gap late_half'",
    "0, false, 4, REFUSE, 'integrity'",
    "9, true,  1, FREEZE, 'counter_gap late_half integrity'",
    "9, true,  4, REFUSE, 'integrity counter_gap late_half'",
  })
  void theGravestOutcomeStandsAndItsReasonsComeFirst(
      long missing, boolean late, int flags, RiskOutcome outcome, String reasons) {
    Sample sample = Sample.tap(20).missing(missing).fingerprint(0, flags);
    Observation observation = late ? sample.late().observe() : sample.observe();

    Judgement judgement = BOOK.judge(observation, History.EMPTY);

    assertThat(judgement.outcome()).isEqualTo(outcome);
    assertThat(judgement.reasons().stream().map(r -> r.rule().wire()).toList())
        .isEqualTo(reasons.isEmpty() ? List.of() : List.of(reasons.split(" ")));
    assertThat(judgement.findings()).hasSize(4);
  }

  @Test
  void keepsTheOrderOfTheBook() {
    RuleBook turned = new RuleBook("v", List.of(LATE, GAP), TRUST);

    assertThat(turned.judge(Sample.tap(20).missing(9).late().observe(), History.EMPTY).reasons())
        .extracting(Finding::rule)
        .containsExactly(RuleName.LATE_HALF, RuleName.COUNTER_GAP);
  }

  @Test
  void takesEachRuleOnce() {
    assertThatThrownBy(() -> new RuleBook("v", List.of(GAP, GAP), TRUST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule is given twice: counter_gap");
  }

  /// A gap was confirmed for 20.00 at noon; the next payment has one too.
  @ParameterizedTest
  @CsvSource({
    "2000, 1800, 00000000000000a1, CLEAR",
    "2001, 1800, 00000000000000a1, FREEZE",
    "2000, 1801, 00000000000000a1, FREEZE",
    "2000, 1800, 00000000000000a2, FREEZE",
  })
  void asksNotAgainForTheSameCause(
      long amountMinor, long receivedAfterSeconds, String device, RiskOutcome outcome) {
    Observation confirmed = Sample.tap(20).amount(2000).observe("tap_confirmed");
    History history = Histories.of().confirmed(RuleName.COUNTER_GAP, confirmed, Sample.NOON).make();

    Judgement judgement =
        BOOK.judge(
            Sample.tap(21)
                .device(device)
                .amount(amountMinor)
                .missing(9)
                .receivedAfter(Duration.ofSeconds(receivedAfterSeconds))
                .observe(),
            history);

    assertThat(judgement.outcome()).isEqualTo(outcome);
    Finding gap = judgement.findings().getFirst();
    assertThat(gap.waivedBy()).isEqualTo(outcome == RiskOutcome.CLEAR ? "tap_confirmed" : null);
    assertThat(gap.explanation()).as("what was waived stays told").isNotEmpty();
  }

  @Test
  void asksAboutAnotherCause() {
    Observation confirmed = Sample.tap(20).amount(9000).observe("tap_confirmed");
    History history = Histories.of().confirmed(RuleName.LATE_HALF, confirmed, Sample.NOON).make();

    assertThat(BOOK.judge(Sample.tap(21).missing(9).late().observe(), history).reasons())
        .extracting(Finding::rule)
        .containsExactly(RuleName.COUNTER_GAP);
  }

  @Test
  void trustsThePlaceThatWasConfirmedOnly() {
    Observation confirmed =
        Sample.tap(20).amount(9000).place(Sample.SHANGHAI).observe("tap_confirmed");
    Histories histories =
        Histories.of()
            .before(Sample.tap(1).place(Sample.BEIJING).at(-60).known("tap_home"))
            .confirmed(RuleName.SPEED, confirmed, Sample.NOON);
    Histories back =
        Histories.of()
            .before(Sample.tap(20).place(Sample.SHANGHAI).at(-60).known("tap_confirmed"))
            .confirmed(RuleName.SPEED, confirmed, Sample.NOON);

    assertThat(
            BOOK.judge(Sample.tap(21).place(Sample.SHANGHAI).observe(), histories.make()).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
    assertThat(BOOK.judge(Sample.tap(21).place(Sample.BEIJING).observe(), back.make()).outcome())
        .isEqualTo(RiskOutcome.FREEZE);
  }

  @Test
  void aChallengeNeverSetsARefusalAside() {
    Observation confirmed = Sample.tap(20).amount(9000).observe("tap_confirmed");
    History history = Histories.of().confirmed(RuleName.INTEGRITY, confirmed, Sample.NOON).make();

    assertThat(BOOK.judge(Sample.tap(21).fingerprint(0, 4).observe(), history).outcome())
        .isEqualTo(RiskOutcome.REFUSE);
    assertThat(BOOK.judge(Sample.tap(21).fingerprint(0, 1).observe(), history).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
  }

  @Test
  void knowsHowMuchHistoryItsRulesNeed() {
    assertThat(BOOK.reach().window()).isEqualTo(Duration.ZERO);
    assertThat(BOOK.reach().lookback()).isEqualTo(Duration.ofHours(24));
    assertThat(BOOK.reach().amounts()).isZero();

    FrequencyRule.Window brief =
        new FrequencyRule.Window(Duration.ofSeconds(10), FrequencyRule.Counted.TAP, 2);
    FrequencyRule.Window wide =
        new FrequencyRule.Window(Duration.ofHours(1), FrequencyRule.Counted.ANY, 9);
    RiskRule frequency =
        new FrequencyRule(new FrequencyRule.Thresholds(RiskOutcome.FREEZE, List.of(brief, wide)));
    Reach reach = new RuleBook("v", List.of(LATE, frequency, GAP), TRUST).reach();
    assertThat(reach.window()).isEqualTo(Duration.ofHours(1));
    assertThat(reach.lookback()).isZero();
  }

  @Test
  void rulesGoThroughTheirNamesAndBack() {
    assertThat(RuleName.values())
        .allSatisfy(rule -> assertThat(RuleName.ofWire(rule.wire())).contains(rule));
    assertThat(RuleName.ofWire("SPEED")).isEmpty();
    assertThat(RuleName.ofWire("")).isEmpty();
  }

  @Test
  void trustsAsFarAsTheRadius() {
    double radiusKm = Sample.BEIJING.kilometresTo(Sample.SHANGHAI);
    Observation confirmed =
        Sample.tap(20).amount(9000).place(Sample.SHANGHAI).observe("tap_confirmed");
    Histories histories =
        Histories.of()
            .before(Sample.tap(20).place(Sample.SHANGHAI).at(-60).known("tap_confirmed"))
            .confirmed(RuleName.SPEED, confirmed, Sample.NOON);
    Observation there = Sample.tap(21).place(Sample.BEIJING).observe();

    assertThat(bookOfRadius(radiusKm).judge(there, histories.make()).outcome())
        .isEqualTo(RiskOutcome.CLEAR);
    assertThat(bookOfRadius(Math.nextDown(radiusKm)).judge(there, histories.make()).outcome())
        .isEqualTo(RiskOutcome.FREEZE);
  }

  private static RuleBook bookOfRadius(double radiusKm) {
    return new RuleBook("v", List.of(SPEED), new Trust(Duration.ofMinutes(30), radiusKm));
  }
}
