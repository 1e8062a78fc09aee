package io.tallystick.risk.rule;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one rule answered.
///
/// @param explanation one sentence with the figures; empty when the rule has nothing against the
///   payment
/// @param inputs what the rule looked at, in the order in which it did
/// @param thresholds what it compared with
/// @param paymentIds the payments that made it answer, this one among them where it counts
/// @param waivedBy the payment about which the payer passed a challenge for the same cause; its
///   outcome is [RiskOutcome#CLEAR] then
public record Finding(
    RuleName rule,
    RiskOutcome outcome,
    String explanation,
    Map<String, String> inputs,
    Map<String, String> thresholds,
    List<String> paymentIds,
    @Nullable String waivedBy) {
  public Finding {
    requireNonNull(rule, "rule is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(explanation, "explanation is null");
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    paymentIds = List.copyOf(paymentIds);
  }

  /// Whether it stands against the payment.
  public boolean isReason() {
    return outcome != RiskOutcome.CLEAR;
  }

  /// The same answer, set aside because the payer has vouched for its cause.
  Finding waivedBy(String paymentId) {
    return new Finding(
        rule, RiskOutcome.CLEAR, explanation, inputs, thresholds, paymentIds, paymentId);
  }
}
