package io.tallystick.risk.replay;

import static java.util.Objects.requireNonNull;

import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.rule.Judgement;
import java.util.Optional;

/// A decision that was judged again.
///
/// @param again by its own thresholds; empty when they can't be read any more
/// @param other by the other thresholds; empty when none were given
/// @param historyTooShort the other thresholds look farther back than the history that was kept
///   with the decision, so they may have had more against it
public record Replayed(
    Decision decision,
    Optional<Judgement> again,
    Optional<Judgement> other,
    boolean historyTooShort) {
  public Replayed {
    requireNonNull(decision, "decision is null");
    requireNonNull(again, "again is null");
    requireNonNull(other, "other is null");
  }

  /// Whether judging again gave what is stored, finding by finding.
  public boolean reproduced() {
    return again.filter(decision.judgement()::equals).isPresent();
  }

  /// Whether the other thresholds decide otherwise.
  public boolean differs() {
    return other
        .filter(judgement -> judgement.outcome() != decision.judgement().outcome())
        .isPresent();
  }
}
