package io.tallystick.risk.rule;

/// What is to become of a payment, mildest first. The gravest outcome of all rules is the
/// decision's: refuse before freeze before clear.
public enum RiskOutcome {
  CLEAR,
  /// Hold the money, or step up, until the payer passes a challenge.
  FREEZE,
  REFUSE;

  public RiskOutcome gravest(RiskOutcome other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
