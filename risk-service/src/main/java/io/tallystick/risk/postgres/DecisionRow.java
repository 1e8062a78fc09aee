package io.tallystick.risk.postgres;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.rule.Finding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A row to be inserted into `decision`.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DecisionRow(
    String paymentId,
    UUID decisionId,
    String payerId,
    String outcome,
    List<String> rules,
    String thresholdsVersion,
    Instant decidedAt,
    Observation observation,
    History history,
    List<Finding> findings) {
  static DecisionRow of(Decision decision) {
    return new DecisionRow(
        decision.paymentId(),
        decision.decisionId(),
        decision.observation().payerId(),
        StoredJson.wire(decision.judgement().outcome()),
        decision.judgement().reasons().stream().map(reason -> reason.rule().wire()).toList(),
        decision.thresholdsVersion(),
        decision.decidedAt(),
        decision.observation(),
        decision.history(),
        decision.judgement().findings());
  }
}
