package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Place;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules that look at one tap alone: counter gap, late half, integrity, location.
class TapFactsTest {
  private static final CounterGapRule COUNTER_GAP =
      new CounterGapRule(new CounterGapRule.Thresholds(RiskOutcome.FREEZE, 5));
  private static final LateHalfRule LATE_HALF =
      new LateHalfRule(new LateHalfRule.Thresholds(RiskOutcome.FREEZE, 10_000));
  private static final IntegrityRule INTEGRITY =
      new IntegrityRule(
          new IntegrityRule.Thresholds(
              Set.of(IntegrityFlag.ROOTED, IntegrityFlag.CODE_HOOKED),
              Set.of(IntegrityFlag.CODE_HOOKED, IntegrityFlag.EMULATOR)));
  private static final LocationRule LOCATION =
      new LocationRule(new LocationRule.Thresholds(RiskOutcome.FREEZE, 50));

  @ParameterizedTest
  @CsvSource({"0, CLEAR", "5, CLEAR", "6, FREEZE", "4294967295, FREEZE"})
  void freezesBeyondSoManyMissingCounters(long missing, RiskOutcome outcome) {
    assertThat(COUNTER_GAP.judge(Sample.tap(9).missing(missing).observe(), History.EMPTY).outcome())
        .isEqualTo(outcome);
  }

  @Test
  void saysWhichCountersAreMissing() {
    assertThat(COUNTER_GAP.judge(Sample.tap(9).missing(7).observe(), History.EMPTY).explanation())
        .isEqualTo(
            "Rule counter_gap: 7 counters before counter 9 of device 00000000000000a1 are missing;"
                + " at most 5 pass.");
  }

  @ParameterizedTest
  @CsvSource({
    "false, 10001, CLEAR",
    "true,  10000, CLEAR",
    "true,  10001, FREEZE",
  })
  void freezesLargerAmountsThatComeLate(boolean late, long amountMinor, RiskOutcome outcome) {
    Sample sample = Sample.tap(1).amount(amountMinor).receivedAfter(Duration.ofHours(49));
    if (late) {
      sample.late();
    }

    assertThat(LATE_HALF.judge(sample.observe(), History.EMPTY).outcome()).isEqualTo(outcome);
  }

  @Test
  void saysHowLate() {
    assertThat(
            LATE_HALF
                .judge(
                    Sample.tap(1)
                        .amount(12_000)
                        .late()
                        .receivedAfter(Duration.ofHours(49))
                        .observe(),
                    History.EMPTY)
                .explanation())
        .isEqualTo(
            "Rule late_half: 120.00 CNY was uploaded 2 d 1 h after the tap, later than the grace"
                + " period; at most 100.00 CNY pass so.");
  }

  @ParameterizedTest
  @CsvSource({
    "0,  CLEAR, none",
    "1,  FREEZE, rooted",
    "2,  CLEAR, debugger_attached",
    "4,  REFUSE, emulator",
    "8,  REFUSE, code_hooked", // named in both lists: the graver one stands
    "5,  REFUSE, 'rooted, emulator'",
    "64, CLEAR, none", // a flag of a newer wallet
  })
  void answersTheGravestFlag(int bits, RiskOutcome outcome, String flags) {
    Finding finding = INTEGRITY.judge(Sample.tap(1).fingerprint(0, bits).observe(), History.EMPTY);

    assertThat(finding.outcome()).isEqualTo(outcome);
    assertThat(finding.inputs()).containsEntry("integrityFlags", flags);
  }

  @Test
  void saysWhichFlags() {
    assertThat(
            INTEGRITY.judge(Sample.tap(1).fingerprint(0, 5).observe(), History.EMPTY).explanation())
        .isEqualTo(
            "Rule integrity: the wallet of device 00000000000000a1 reports emulator; none of"
                + " emulator, code_hooked passes.");
  }

  @ParameterizedTest
  @CsvSource({"0.30, CLEAR", "0.44, CLEAR", "0.46, FREEZE", "10, FREEZE"})
  void freezesWhenTheWalletIsElsewhere(double degreesNorth, RiskOutcome outcome) {
    Place terminal = Place.of(0.005, 0.005);
    long cell = cell(LocationCell.of(0.005 + degreesNorth, 0.005));

    Finding finding =
        LOCATION.judge(Sample.tap(1).place(terminal).fingerprint(cell, 0).observe(), History.EMPTY);

    assertThat(finding.outcome()).isEqualTo(outcome);
  }

  @Test
  void clearsTheLargestDistance() {
    Place terminal = Place.of(0.005, 0.005);
    LocationCell wallet = LocationCell.of(0.505, 0.005);
    double distanceKm = Place.of(wallet.latitude(), wallet.longitude()).kilometresTo(terminal);
    LocationRule rule =
        new LocationRule(new LocationRule.Thresholds(RiskOutcome.FREEZE, distanceKm));

    Finding finding =
        rule.judge(
            Sample.tap(1).place(terminal).fingerprint(cell(wallet), 0).observe(), History.EMPTY);

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(finding.inputs()).containsKey("distanceKm");
    assertThat(rule.judge(Sample.tap(1).place(null).observe(), History.EMPTY).inputs())
        .containsEntry("notApplicable", "the terminal moves");
  }

  @Test
  void saysHowFarTheWalletIs() {
    long cell = cell(LocationCell.of(31.2304, 121.4737));

    assertThat(LOCATION.judge(Sample.tap(1).fingerprint(cell, 0).observe(), History.EMPTY))
        .satisfies(finding ->
            assertThat(finding.explanation())
                .isEqualTo(
                    "Rule location: the wallet says it is 1066.9 km from terminal T1; at most"
                        + " 50.0 km pass."));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xFFFF_FFFFL, 0xFFFF_0000L, 0x4650_0000L, 0x0000_8CA0L})
  void doesNotApplyToAnUnknownCell(long cell) {
    assertThat(LOCATION.judge(Sample.tap(1).fingerprint(cell, 0).observe(), History.EMPTY).inputs())
        .containsKey("notApplicable");
  }

  @Test
  void noneAppliesToACode() {
    for (RiskRule rule : new RiskRule[] {COUNTER_GAP, LATE_HALF, INTEGRITY, LOCATION}) {
      Finding finding = rule.judge(Sample.code().observe(), History.EMPTY);

      assertThat(finding.outcome()).isEqualTo(RiskOutcome.CLEAR);
      assertThat(finding.inputs()).containsKey("notApplicable");
    }
  }

  private static long cell(LocationCell cell) {
    return (long) cell.latitudeIndex() << 16 | cell.longitudeIndex();
  }
}
