package io.tallystick.risk.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.postgres.StoredJson;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A decision with all it rests on.
@RegisterForReflection
@Schema(description = "A decision with all it rests on: enough to explain it and to judge again")
public record DecisionDetail(
    DecisionSummary decision,
    @Schema(description = "what every rule answered, in the order of the rules")
        List<FindingView> findings,
    @Schema(type = SchemaType.OBJECT, description = "the payment as it was judged")
        JsonNode observation,
    @Schema(type = SchemaType.OBJECT, description = "what was known of the payer at that moment")
        JsonNode history,
    @Schema(type = SchemaType.OBJECT, description = "the thresholds in force then")
        JsonNode thresholds) {
  static DecisionDetail of(Decision decision, String thresholds) {
    return new DecisionDetail(
        DecisionSummary.of(decision),
        decision.judgement().findings().stream().map(FindingView::of).toList(),
        StoredJson.tree(decision.observation()),
        StoredJson.tree(decision.history()),
        StoredJson.readTree(thresholds));
  }
}
