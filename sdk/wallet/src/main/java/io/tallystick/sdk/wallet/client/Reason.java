package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Why the platform held or refused something.
 *
 * @param rule stable name of the rule or guard
 * @param explanation one sentence with the figures
 * @param inputs what the rule looked at
 * @param thresholds what it compared with
 * @param paymentIds other payments that made it answer
 */
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

  static Reason read(Members reason) {
    return new Reason(
        reason.text("rule"),
        reason.text("explanation"),
        reason.textMap("inputs"),
        reason.textMap("thresholds"),
        reason.texts("paymentIds"));
  }
}
