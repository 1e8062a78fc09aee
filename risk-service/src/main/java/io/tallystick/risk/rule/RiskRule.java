package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;

/// A pure function of an observation and its history.
public sealed interface RiskRule
    permits AllowanceRule,
        AmountRule,
        CautionRule,
        ClockRule,
        CounterGapRule,
        DoubleSpendRule,
        FrequencyRule,
        IntegrityRule,
        LateHalfRule,
        LocationRule,
        NewDeviceRule,
        SpeedRule {
  RuleName name();

  Finding judge(Observation observation, History history);
}
