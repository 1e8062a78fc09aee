package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockRuleTest {
  private static final Instant NOON = Sample.NOON;
  private static final ClockRule RULE =
      new ClockRule(new ClockRule.Thresholds(RiskOutcome.FREEZE, Duration.ofSeconds(120), 1_000));

  @ParameterizedTest
  @CsvSource({
    // wallet's clock before the terminal's, server evidence before it, elapsed, outcome, what
    "0,    0,    0,       CLEAR,  ''",
    "120,  120,  0,       CLEAR,  ''",
    "121,  121,  0,       FREEZE, the wallet's clock and the terminal's differ by 2 min 1 s; at most 2 min pass.",
    "-121, 0,    0,       FREEZE, the wallet's clock and the terminal's differ by 2 min 1 s; at most 2 min pass.",
    "0,    120,  0,       CLEAR,  ''",
    "0,    121,  0,       FREEZE, the wallet's clock and its evidence of server time differ by 2 min 1 s; at most 2 min pass.",
    // a day after the last server time, a thousandth of it is allowed more
    "0,    206,  86400,   CLEAR,  ''",
    "0,    207,  86400,   FREEZE, the wallet's clock and its evidence of server time differ by 3 min 27 s; at most 3 min 26 s pass.",
    "-100, 100,  0,       FREEZE, the wallet's clock and its evidence of server time differ by 3 min 20 s; at most 2 min pass.",
    "100,  -60,  0,       FREEZE, the wallet's clock and its evidence of server time differ by 2 min 40 s; at most 2 min pass.",
    "60,   -121, 0,       FREEZE, the wallet's clock and its evidence of server time differ by 3 min 1 s; at most 2 min pass.",
    "100,  130,  0,       FREEZE, the terminal's clock and the wallet's evidence of server time differ by 2 min 10 s; at most 2 min pass.",
  })
  void freezesWhenTheClocksTellDifferentStories(
      long walletBehind, long evidenceBehind, long elapsed, RiskOutcome outcome, String what) {
    Finding finding =
        RULE.judge(
            Sample.tap(1)
                .clock(
                    NOON.minusSeconds(evidenceBehind + elapsed),
                    elapsed,
                    NOON.minusSeconds(walletBehind))
                .observe(),
            History.EMPTY);

    assertThat(finding.outcome()).isEqualTo(outcome);
    assertThat(finding.explanation()).isEqualTo(what.isEmpty() ? "" : "Rule clock: " + what);
  }

  @ParameterizedTest
  @CsvSource({"-120, CLEAR", "-121, FREEZE"})
  void freezesATapMadeAfterItWasReceived(long delaySeconds, RiskOutcome outcome) {
    Sample sample = Sample.tap(1).receivedAfter(Duration.ofSeconds(delaySeconds));

    assertThat(RULE.judge(sample.observe(), History.EMPTY).outcome()).isEqualTo(outcome);
    assertThat(RULE.judge(sample.poweredOff().observe(), History.EMPTY).outcome())
        .as("the only clock of a powered-off tap")
        .isEqualTo(outcome);
  }

  @Test
  void comparesOnlyTheClocksThereAre() {
    Finding noServerTime = RULE.judge(Sample.tap(1).clock(null, 0, NOON).observe(), History.EMPTY);
    Finding poweredOff =
        RULE.judge(
            Sample.tap(1).poweredOff().clock(NOON.minusSeconds(9_999), 0, NOON).observe(),
            History.EMPTY);
    Finding code = RULE.judge(Sample.code().observe(), History.EMPTY);

    assertThat(noServerTime.inputs())
        .containsOnlyKeys("tappedAfterReceivedSeconds", "createdToTappedSeconds");
    assertThat(poweredOff.inputs()).containsOnlyKeys("tappedAfterReceivedSeconds");
    assertThat(poweredOff.outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(code.inputs()).containsKey("notApplicable");
  }
}
