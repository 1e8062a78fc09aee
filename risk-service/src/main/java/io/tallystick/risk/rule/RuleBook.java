package io.tallystick.risk.rule;

import static java.util.Objects.requireNonNull;

import io.tallystick.risk.history.History;
import io.tallystick.risk.history.Reach;
import io.tallystick.risk.observation.Observation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules that apply, in their order, with their thresholds. Immutable: other thresholds are
/// another book.
///
/// @param version names the thresholds; stored with each decision
public record RuleBook(String version, List<RiskRule> rules, Trust trust) {
  public RuleBook {
    requireNonNull(version, "version is null");
    requireNonNull(trust, "trust is null");
    rules = List.copyOf(rules);
    Set<RuleName> names = new HashSet<>();
    for (RiskRule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("rule is given twice: " + rule.name().wire());
      }
    }
  }

  /// Asks every rule, whatever the others answered.
  public Judgement judge(Observation observation, History history) {
    return Judgement.of(
        rules.stream()
            .map(rule -> trust.apply(rule.judge(observation, history), observation, history))
            .toList());
  }

  /// How much history the rules of this book need.
  public Reach reach() {
    Duration window = Duration.ZERO;
    Duration lookback = Duration.ZERO;
    int amounts = 0;
    for (RiskRule rule : rules) {
      switch (rule) {
        case FrequencyRule frequency -> window = frequency.thresholds().longest();
        case SpeedRule speed -> lookback = speed.thresholds().lookback();
        case AmountRule amount -> amounts = amount.thresholds().historyPayments();
        case AllowanceRule _,
            CautionRule _,
            ClockRule _,
            CounterGapRule _,
            DoubleSpendRule _,
            IntegrityRule _,
            LateHalfRule _,
            LocationRule _,
            NewDeviceRule _ -> {
          // These look at the device and the payer only.
        }
      }
    }
    return new Reach(window, lookback, amounts);
  }
}
