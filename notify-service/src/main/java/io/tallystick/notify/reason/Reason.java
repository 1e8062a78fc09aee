package io.tallystick.notify.reason;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Why risk or clearing came to an outcome, as payers and merchants are told it.
public record Reason(
    String rule,
    String explanation,
    Map<String, String> inputs,
    Map<String, String> thresholds,
    List<String> paymentIds) {
  public Reason {
    requireNonNull(rule, "rule is null");
    requireNonNull(explanation, "explanation is null");
    inputs = Map.copyOf(new TreeMap<>(inputs));
    thresholds = Map.copyOf(new TreeMap<>(thresholds));
    paymentIds = List.copyOf(paymentIds);
  }

  public static Reason from(io.tallystick.api.common.v1.Reason reason) {
    return new Reason(
        reason.getRule(),
        reason.getExplanation(),
        reason.getInputsMap(),
        reason.getThresholdsMap(),
        reason.getPaymentIdsList());
  }

  public static List<Reason> from(List<io.tallystick.api.common.v1.Reason> reasons) {
    return reasons.stream().map(Reason::from).toList();
  }
}
