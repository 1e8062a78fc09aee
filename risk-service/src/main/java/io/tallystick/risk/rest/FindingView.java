package io.tallystick.risk.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.risk.postgres.StoredJson;
import io.tallystick.risk.rule.Finding;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What one rule answered.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What one rule answered")
public record FindingView(
    String rule,
    @Schema(description = "clear, freeze or refuse") String outcome,
    @Schema(description = "one sentence; empty when the rule has nothing against it")
        String explanation,
    @Schema(description = "what the rule looked at") Map<String, String> inputs,
    @Schema(description = "what it compared with") Map<String, String> thresholds,
    @Schema(description = "the payments that made it answer") List<String> paymentIds,
    @Schema(description = "the payment by whose passed challenge this was set aside")
        @Nullable String waivedBy) {
  static FindingView of(Finding finding) {
    return new FindingView(
        finding.rule().wire(),
        StoredJson.wire(finding.outcome()),
        finding.explanation(),
        finding.inputs(),
        finding.thresholds(),
        finding.paymentIds(),
        finding.waivedBy());
  }
}
