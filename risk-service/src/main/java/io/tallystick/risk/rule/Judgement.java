package io.tallystick.risk.rule;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;

/// What all rules together answered about one payment.
///
/// @param outcome the gravest of the findings'
/// @param findings of every rule in the book's order
public record Judgement(RiskOutcome outcome, List<Finding> findings) {
  public Judgement {
    requireNonNull(outcome, "outcome is null");
    findings = List.copyOf(findings);
  }

  static Judgement of(List<Finding> findings) {
    RiskOutcome outcome =
        findings.stream().map(Finding::outcome).reduce(RiskOutcome.CLEAR, RiskOutcome::gravest);
    return new Judgement(outcome, findings);
  }

  /// All findings that stand against the payment: those that refuse first, then in the book's
  /// order.
  public List<Finding> reasons() {
    return findings.stream()
        .filter(Finding::isReason)
        .sorted(Comparator.comparing(Finding::outcome).reversed())
        .toList();
  }
}
