package io.tallystick.risk.decision;

import static java.util.Objects.requireNonNull;

import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.rule.Judgement;
import java.time.Instant;
import java.util.UUID;

/// One payment's decision with everything it rests on.
///
/// @param thresholdsVersion of the rule book that judged
/// @param history as it was known at that moment
public record Decision(
    UUID decisionId,
    Observation observation,
    History history,
    Judgement judgement,
    String thresholdsVersion,
    Instant decidedAt) {
  public Decision {
    requireNonNull(decisionId, "decisionId is null");
    requireNonNull(observation, "observation is null");
    requireNonNull(history, "history is null");
    requireNonNull(judgement, "judgement is null");
    requireNonNull(thresholdsVersion, "thresholdsVersion is null");
    requireNonNull(decidedAt, "decidedAt is null");
  }

  public String paymentId() {
    return observation.paymentId();
  }
}
