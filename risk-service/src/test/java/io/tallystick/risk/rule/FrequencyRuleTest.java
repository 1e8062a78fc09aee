package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.history.Standing;
import io.tallystick.risk.rule.FrequencyRule.Counted;
import io.tallystick.risk.rule.FrequencyRule.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrequencyRuleTest {
  private static final FrequencyRule RULE =
      rule(new Window(Duration.ofSeconds(10), Counted.TAP, 2));

  private static FrequencyRule rule(Window... windows) {
    return new FrequencyRule(
        new FrequencyRule.Thresholds(RiskOutcome.FREEZE, Arrays.asList(windows)));
  }

  /// This tap is at 0; the others' seconds are given.
  @ParameterizedTest
  @CsvSource({
    "'',            CLEAR,  1",
    "'-5',          CLEAR,  2",
    "'-5 -1',       FREEZE, 3",
    "'-10 -1',      FREEZE, 3",
    "'-11 -1',      CLEAR,  2",
    "'1 9',         FREEZE, 3",
    "'1 10',        FREEZE, 3",
    "'1 11',        CLEAR,  2",
    "'-5 5',        FREEZE, 3",
    "'-6 5',        CLEAR,  2",
    "'-9 -1 9',     FREEZE, 3",
    "'0 0',         FREEZE, 3",
    "'-9 -8 1 2 3', FREEZE, 4",
  })
  void freezesWhatWouldBeTheThirdTapOfAnyTenSeconds(String others, RiskOutcome outcome, int made) {
    Finding finding = RULE.judge(Sample.tap(9).observe(), history(others));

    assertThat(finding.outcome()).isEqualTo(outcome);
    assertThat(finding.inputs()).containsEntry("madeTapsIn10Seconds", Integer.toString(made));
    assertThat(finding.thresholds()).containsEntry("mostTapsIn10Seconds", "2");
  }

  @Test
  void namesTheThreePaymentsInTapOrder() {
    Finding finding = RULE.judge(Sample.tap(9).observe(), history("-4 3"));

    assertThat(finding.paymentIds())
        .containsExactly("other_0", Sample.tap(9).paymentId(), "other_1");
    assertThat(finding.explanation())
        .isEqualTo(
            "Rule frequency: 3 taps within 10 s, from 2026-03-01T11:59:56Z to 2026-03-01T12:00:03Z;"
                + " at most 2 pass without a question.");
  }

  /// Of equally full windows the earliest is told.
  @Test
  void namesTheEarliestOfTheFullestWindows() {
    assertThat(RULE.judge(Sample.tap(9).observe(), history("-9 -8 2 3")).paymentIds())
        .containsExactly("other_0", "other_1", Sample.tap(9).paymentId());
  }

  @Test
  void namesTheLastTwentyOfMany() {
    String nineteen = "-1 ".repeat(19).strip();

    assertThat(RULE.judge(Sample.tap(9).observe(), history(nineteen)).paymentIds()).hasSize(20);
    assertThat(RULE.judge(Sample.tap(9).observe(), history("-9 " + nineteen)).paymentIds())
        .hasSize(20)
        .doesNotContain("other_0")
        .last()
        .isEqualTo(Sample.tap(9).paymentId());
  }

  @Test
  void countsTapsWhateverBecameOfThem() {
    KnownPayment refused = Sample.tap(1).at(-1).known("a", Standing.FAILED);
    KnownPayment moved = Sample.tap(2).at(-2).known("b", Standing.MOVED);

    assertThat(RULE.judge(Sample.tap(9).observe(), Histories.of().nearby(moved, refused).make()))
        .extracting(Finding::outcome)
        .isEqualTo(RiskOutcome.FREEZE);
  }

  @Test
  void countsEachWayAsTheWindowSays() {
    History mixed =
        Histories.of()
            .nearby(Sample.tap(1).at(-2).known("a"), Sample.code().at(-1).known("b"))
            .make();
    FrequencyRule any = rule(new Window(Duration.ofSeconds(10), Counted.ANY, 2));
    FrequencyRule codes = rule(new Window(Duration.ofSeconds(10), Counted.CODE, 1));

    assertThat(RULE.judge(Sample.tap(9).observe(), mixed).outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(RULE.judge(Sample.code().observe(), mixed).inputs()).isEmpty();
    assertThat(any.judge(Sample.tap(9).observe(), mixed).outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(any.judge(Sample.code().observe(), mixed).outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(codes.judge(Sample.code().observe(), mixed).outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(codes.judge(Sample.tap(9).observe(), mixed).inputs()).isEmpty();
  }

  @Test
  void explainsTheFirstWindowBrokenAndKeepsTheFiguresOfAll() {
    FrequencyRule rule =
        rule(
            new Window(Duration.ofSeconds(10), Counted.TAP, 2),
            new Window(Duration.ofMinutes(1), Counted.TAP, 3));
    Finding finding = rule.judge(Sample.tap(9).observe(), history("-50 -40 -30"));

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.explanation()).startsWith("Rule frequency: 4 taps within 1 min");
    assertThat(finding.inputs())
        .containsEntry("madeTapsIn10Seconds", "1")
        .containsEntry("madeTapsIn60Seconds", "4");
  }

  @Test
  void doesNotCountAgainWhatThePayerVouchedFor() {
    KnownPayment confirmed = Sample.tap(3).at(-1).known("confirmed");
    History history =
        Histories.of()
            .nearby(Sample.tap(1).at(-3).known("a"), Sample.tap(2).at(-2).known("b"), confirmed)
            .confirmed(
                RuleName.FREQUENCY, Sample.tap(3).observe("confirmed"), Sample.NOON, "a", "b")
            .make();

    Finding finding = RULE.judge(Sample.tap(9).observe(), history);

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(finding.inputs()).containsEntry("madeTapsIn10Seconds", "1");
  }

  @Test
  void asksAgainAboutANewBurstAfterAConfirmedOne() {
    History history =
        Histories.of()
            .nearby(
                Sample.tap(1).at(-5).known("a"),
                Sample.tap(2).at(-4).known("b"),
                Sample.tap(3).at(-3).known("confirmed"),
                Sample.tap(4).at(-2).known("c"),
                Sample.tap(5).at(-1).known("d"))
            .confirmed(
                RuleName.FREQUENCY, Sample.tap(3).observe("confirmed"), Sample.NOON, "a", "b")
            .make();

    Finding finding = RULE.judge(Sample.tap(9).observe(), history);

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.paymentIds()).containsExactly("c", "d", Sample.tap(9).paymentId());
  }

  private static History history(String seconds) {
    Histories histories = Histories.of();
    List<String> all = seconds.isBlank() ? List.of() : List.of(seconds.split(" "));
    for (int i = 0; i < all.size(); i++) {
      histories.nearby(Sample.tap(100 + i).at(Long.parseLong(all.get(i))).known("other_" + i));
    }
    return histories.make();
  }
}
