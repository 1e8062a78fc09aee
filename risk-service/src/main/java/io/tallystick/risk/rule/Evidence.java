package io.tallystick.risk.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers what a rule looks at, and makes its finding.
final class Evidence {
  /// Longest list of payments in one finding: the nearest to the cause are kept.
  private static final int MAX_PAYMENT_IDS = 20;

  private final RuleName rule;
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private final Map<String, String> thresholds = new LinkedHashMap<>();

  Evidence(RuleName rule) {
    this.rule = rule;
  }

  Evidence input(String name, Object value) {
    inputs.put(name, value.toString());
    return this;
  }

  Evidence threshold(String name, Object value) {
    thresholds.put(name, value.toString());
    return this;
  }

  Finding clear() {
    return new Finding(rule, RiskOutcome.CLEAR, "", inputs, thresholds, List.of(), null);
  }

  /// The rule doesn't apply, and why.
  Finding notApplicable(String because) {
    return input("notApplicable", because).clear();
  }

  Finding raise(RiskOutcome outcome, List<String> paymentIds, String explanation) {
    List<String> ids =
        paymentIds.size() <= MAX_PAYMENT_IDS
            ? paymentIds
            : paymentIds.subList(paymentIds.size() - MAX_PAYMENT_IDS, paymentIds.size());
    return new Finding(rule, outcome, explanation, inputs, thresholds, ids, null);
  }
}
