package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/// Why a payment came to a state, so that a payer and an auditor can be told.
///
/// @param rule stable name of the rule or guard
/// @param explanation one sentence with the figures
/// @param inputs what the rule looked at
/// @param thresholds what it compared with
/// @param paymentIds other payments that made the rule answer
public record Reason(
    String rule,
    String explanation,
    Map<String, String> inputs,
    Map<String, String> thresholds,
    List<String> paymentIds) {
  public Reason {
    requireNonNull(rule, "rule is null");
    requireNonNull(explanation, "explanation is null");
    inputs = Map.copyOf(inputs);
    thresholds = Map.copyOf(thresholds);
    paymentIds = List.copyOf(paymentIds);
  }

  public static Reason of(String rule, String explanation) {
    return new Reason(rule, explanation, Map.of(), Map.of(), List.of());
  }
}
