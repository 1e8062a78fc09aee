package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedRuleTest {
  /// Along the equator a degree is 111.195 km.
  private static final Place ORIGIN = Place.of(0, 0);

  private static final SpeedRule RULE =
      new SpeedRule(
          new SpeedRule.Thresholds(
              RiskOutcome.FREEZE, 800, 10, Duration.ofSeconds(60), Duration.ofHours(24)));

  @Test
  void measuresTheGreatCircle() {
    assertThat(Sample.BEIJING.kilometresTo(Sample.SHANGHAI)).isCloseTo(1067.3, within(1.0));
    assertThat(ORIGIN.kilometresTo(Place.of(0, 180))).isCloseTo(20015.1, within(0.2));
    assertThat(Place.of(0, 179.9).kilometresTo(Place.of(0, -179.9))).isCloseTo(22.2, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    // degrees east, seconds between, outcome
    "10,   4943, FREEZE", // 1111.95 km in 5003 s: 800.1 km/h
    "10,   4944, CLEAR", // in 5004 s: 799.96 km/h
    "10,     10, FREEZE",
    "0.0899,  0, CLEAR", // 9.997 km: below the smallest distance
    "0.1799,  0, FREEZE", // 20.0 km at once: 1200 km/h
    "0.10,    0, CLEAR", // 11.1 km at once: 667 km/h with the tolerance
    "0,       0, CLEAR",
  })
  void freezesWhatNobodyTravels(double degreesEast, long seconds, RiskOutcome outcome) {
    Observation here = Sample.tap(2).place(Place.of(0, degreesEast)).at(seconds).observe();

    Finding asBefore =
        RULE.judge(
            here, Histories.of().before(Sample.tap(1).place(ORIGIN).at(0).known("a")).make());
    Finding asAfter =
        RULE.judge(
            here,
            Histories.of().after(Sample.tap(1).place(ORIGIN).at(2 * seconds).known("a")).make());

    assertThat(asBefore.outcome()).isEqualTo(outcome);
    assertThat(asAfter.outcome()).as("whichever was made first").isEqualTo(outcome);
  }

  @Test
  void explainsWithFiguresAndBothPayments() {
    Finding finding =
        RULE.judge(
            Sample.tap(2).terminal("SH-1").place(Sample.SHANGHAI).at(600).observe("tap_b"),
            Histories.of()
                .before(Sample.tap(1).terminal("BJ-1").place(Sample.BEIJING).at(0).known("tap_a"))
                .make());

    assertThat(finding.paymentIds()).containsExactly("tap_a", "tap_b");
    assertThat(finding.explanation())
        .isEqualTo(
            "Rule speed: terminal SH-1 is 1067.3 km from terminal BJ-1, where tap_a was paid 10 min"
                + " apart; 5821.7 km/h with 1 min of clock tolerance, at most 800.0 km/h"
                + " pass.");
    assertThat(finding.inputs())
        .containsEntry("distanceKm", "1067.3")
        .containsEntry("secondsBetween", "600");
  }

  @Test
  void looksAtTheWorseOfBothNeighbours() {
    History history =
        Histories.of()
            .before(Sample.tap(1).place(Sample.BEIJING).at(-10).known("near"))
            .after(Sample.tap(3).place(Sample.SHANGHAI).at(600).known("far"))
            .make();

    Finding finding = RULE.judge(Sample.tap(2).place(Sample.BEIJING).observe(), history);

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.paymentIds()).first().isEqualTo("far");
  }

  /// A tap round the corner a moment later looks faster than a journey in an hour.
  @Test
  void aShortLegNeverHidesALongOne() {
    SpeedRule rule = rule(800, 50);
    History history =
        Histories.of()
            .before(Sample.tap(1).place(Place.of(0, 10)).at(-4_000).known("far"))
            .after(Sample.tap(3).place(Place.of(0, 0.4)).at(0).known("near"))
            .make();

    Finding finding = rule.judge(Sample.tap(2).place(ORIGIN).at(0).observe(), history);

    assertThat(finding.outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(finding.paymentIds()).first().isEqualTo("far");
  }

  @Test
  void whatIsJustAtALimitPasses() {
    Place there = Place.of(0, 10);
    double distanceKm = ORIGIN.kilometresTo(there);
    double kmPerHour = distanceKm / (60_000 / 3_600_000.0);
    History history = Histories.of().before(Sample.tap(1).place(ORIGIN).at(0).known("a")).make();
    Observation here = Sample.tap(2).place(there).at(0).observe();

    assertThat(rule(800, distanceKm).judge(here, history).outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(rule(kmPerHour, 10).judge(here, history).outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(
            rule(Math.nextDown(kmPerHour), Math.nextDown(distanceKm))
                .judge(here, history)
                .outcome())
        .isEqualTo(RiskOutcome.FREEZE);
  }

  private static SpeedRule rule(double maxKmPerHour, double minDistanceKm) {
    return new SpeedRule(
        new SpeedRule.Thresholds(
            RiskOutcome.FREEZE,
            maxKmPerHour,
            minDistanceKm,
            Duration.ofSeconds(60),
            Duration.ofHours(24)));
  }

  @Test
  void doesNotApplyWithoutPlaces() {
    History history = Histories.of().before(Sample.tap(1).known("a")).make();

    assertThat(RULE.judge(Sample.tap(2).place(null).observe(), history).inputs())
        .containsEntry("notApplicable", "the terminal moves");
    assertThat(RULE.judge(Sample.tap(2).observe(), History.EMPTY).inputs())
        .containsEntry("notApplicable", "no other payment with a place");
  }

  @Test
  void looksBackOnlySoFar() {
    History history =
        Histories.of().before(Sample.tap(1).place(Sample.SHANGHAI).at(-86_401).known("a")).make();

    assertThat(RULE.judge(Sample.tap(2).observe(), history).inputs()).containsKey("notApplicable");
    History justIn =
        Histories.of().before(Sample.tap(1).place(Sample.SHANGHAI).at(-86_400).known("a")).make();
    assertThat(RULE.judge(Sample.tap(2).observe(), justIn).inputs()).containsKey("kmPerHour");
  }
}
