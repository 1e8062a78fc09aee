package io.tallystick.risk.thresholds;

import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.risk.history.History;
import io.tallystick.risk.rule.AllowanceRule;
import io.tallystick.risk.rule.AmountRule;
import io.tallystick.risk.rule.CautionRule;
import io.tallystick.risk.rule.ClockRule;
import io.tallystick.risk.rule.CounterGapRule;
import io.tallystick.risk.rule.DoubleSpendRule;
import io.tallystick.risk.rule.FrequencyRule;
import io.tallystick.risk.rule.IntegrityRule;
import io.tallystick.risk.rule.LateHalfRule;
import io.tallystick.risk.rule.LocationRule;
import io.tallystick.risk.rule.NewDeviceRule;
import io.tallystick.risk.rule.RiskOutcome;
import io.tallystick.risk.rule.RiskRule;
import io.tallystick.risk.rule.RuleName;
import io.tallystick.risk.rule.SpeedRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the section of each rule. Every figure has its bounds here.
final class RuleReader {
  private static final List<RiskOutcome> OUTCOMES = List.of(RiskOutcome.FREEZE, RiskOutcome.REFUSE);
  private static final long MAX_WINDOW_SECONDS = Duration.ofDays(7).toSeconds();
  private static final long MAX_HOURS = Duration.ofDays(90).toHours();
  private static final double EARTH_KM = 20_100;

  private final List<String> faults;

  RuleReader(List<String> faults) {
    this.faults = faults;
  }

  RiskRule read(RuleName name, Section rules) {
    Section section = rules.section(name.wire());
    RiskRule rule =
        switch (name) {
          case DOUBLE_SPEND ->
              new DoubleSpendRule(new DoubleSpendRule.Thresholds(outcome(section)));
          case INTEGRITY -> integrity(section);
          case CLOCK -> clock(section);
          case ALLOWANCE -> allowance(section);
          case COUNTER_GAP ->
              new CounterGapRule(
                  new CounterGapRule.Thresholds(
                      outcome(section), section.integer("max_missing", 0, 1_000_000)));
          case FREQUENCY -> frequency(section);
          case SPEED -> speed(section);
          case LOCATION ->
              new LocationRule(
                  new LocationRule.Thresholds(
                      outcome(section), section.decimal("max_distance_km", 0, EARTH_KM)));
          case AMOUNT -> amount(section);
          case NEW_DEVICE ->
              new NewDeviceRule(
                  new NewDeviceRule.Thresholds(
                      outcome(section), hours(section, "new_for_hours"), amountMinor(section)));
          case LATE_HALF ->
              new LateHalfRule(new LateHalfRule.Thresholds(outcome(section), amountMinor(section)));
          case CAUTION ->
              new CautionRule(
                  new CautionRule.Thresholds(
                      outcome(section), hours(section, "lasts_hours"), amountMinor(section)));
        };
    section.refuseOtherKeys();
    return rule;
  }

  private static RiskRule integrity(Section section) {
    return new IntegrityRule(
        new IntegrityRule.Thresholds(
            section.choices("freeze", IntegrityFlag.class),
            section.choices("refuse", IntegrityFlag.class)));
  }

  private static RiskRule clock(Section section) {
    return new ClockRule(
        new ClockRule.Thresholds(
            outcome(section),
            seconds(section, "tolerance_seconds", 1),
            section.integer("drift_parts_per_million", 0, 100_000)));
  }

  private static RiskRule allowance(Section section) {
    return new AllowanceRule(
        new AllowanceRule.Thresholds(
            outcome(section), seconds(section, "renewal_tolerance_seconds", 0)));
  }

  private RiskRule frequency(Section section) {
    RiskOutcome outcome = outcome(section);
    List<FrequencyRule.Window> windows = new ArrayList<>();
    List<?> nodes = section.list("windows", 1, FrequencyRule.Thresholds.MAX_WINDOWS);
    for (int i = 0; i < nodes.size(); i++) {
      Section window = new Section("rules.frequency.windows[" + i + "]", nodes.get(i), faults);
      windows.add(
          new FrequencyRule.Window(
              seconds(window, "seconds", 1),
              window.choice("of", List.of(FrequencyRule.Counted.values())),
              // The history on either side of a payment is loaded up to a limit; a threshold beyond
              // it could never
              // be exceeded.
              window.integer("most_payments", 1, History.MAX_NEARBY)));
      window.refuseOtherKeys();
    }
    if (windows.isEmpty()) {
      windows.add(new FrequencyRule.Window(Duration.ofSeconds(1), FrequencyRule.Counted.ANY, 1));
    }
    return new FrequencyRule(new FrequencyRule.Thresholds(outcome, windows));
  }

  private static RiskRule speed(Section section) {
    return new SpeedRule(
        new SpeedRule.Thresholds(
            outcome(section),
            section.decimal("max_km_per_hour", 1, 100_000),
            section.decimal("min_distance_km", 0, EARTH_KM),
            // Two payments of one second must not divide by nothing.
            seconds(section, "clock_tolerance_seconds", 1),
            hours(section, "lookback_hours")));
  }

  private static RiskRule amount(Section section) {
    RiskOutcome outcome = outcome(section);
    int minPayments = section.integer("min_payments", 1, History.MAX_AMOUNTS);
    return new AmountRule(
        new AmountRule.Thresholds(
            outcome,
            section.choice("baseline", List.of(AmountRule.Baseline.values())),
            section.integer("percentile", 1, 99),
            section.decimal("times_baseline", 1, 1_000_000),
            minPayments,
            section.integer("history_payments", minPayments, History.MAX_AMOUNTS),
            section.whole("floor_minor", 0, Money.MAX_AMOUNT_MINOR)));
  }

  private static RiskOutcome outcome(Section section) {
    return section.choice("outcome", OUTCOMES);
  }

  private static Duration seconds(Section section, String key, long min) {
    return Duration.ofSeconds(section.whole(key, min, MAX_WINDOW_SECONDS));
  }

  private static Duration hours(Section section, String key) {
    return Duration.ofHours(section.whole(key, 0, MAX_HOURS));
  }

  private static long amountMinor(Section section) {
    return section.whole("max_amount_minor", 0, Money.MAX_AMOUNT_MINOR);
  }
}
