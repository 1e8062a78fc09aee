package io.tallystick.clearing.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.Reason;
import java.time.Instant;
import java.util.List;

/// What risk-service decided about a tap.
public record TapDecision(
    PaymentTerms terms, Instant tappedAt, Outcome outcome, List<Reason> reasons) {
  public TapDecision {
    requireNonNull(terms, "terms is null");
    requireNonNull(tappedAt, "tappedAt is null");
    requireNonNull(outcome, "outcome is null");
    reasons = List.copyOf(reasons);
  }

  /// What is to be done.
  public enum Outcome {
    CLEAR,
    /// Hold the money until the payer passes a challenge.
    FREEZE,
    REFUSE
  }
}
