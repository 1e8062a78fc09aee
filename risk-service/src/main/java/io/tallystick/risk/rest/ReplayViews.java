package io.tallystick.risk.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.risk.postgres.StoredJson;
import io.tallystick.risk.replay.Replayed;
import io.tallystick.risk.rule.Judgement;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A replay in JSON.
final class ReplayViews {
  private ReplayViews() {}

  /// What to replay.
  @RegisterForReflection
  public record ReplayRequest(
      @Schema(description = "decided at or after, ISO 8601 with zone") @Nullable String from,
      @Schema(description = "decided before, ISO 8601 with zone") @Nullable String to,
      @Schema(description = "text of a thresholds file to compare with")
          @Nullable String thresholds,
      @Schema(description = "most decisions, 1 to 200") @Nullable Integer limit,
      @Schema(description = "nextCursor of the page before") @Nullable String cursor) {}

  /// One page of decisions that were judged again.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReplayPage(
      @Schema(description = "decisions judged again") int decisions,
      @Schema(description = "of which came out as stored, finding by finding") int reproduced,
      @Schema(description = "version of the thresholds compared with")
          @Nullable String otherVersion,
      @Schema(description = "how many went from which outcome to which") List<Move> moves,
      @Schema(description = "did not come out as stored, or are decided otherwise")
          List<ReplayedDecision> differences,
      @Schema(description = "absent on the last page") @Nullable String nextCursor) {}

  /// How many decisions went from one outcome to another.
  @RegisterForReflection
  public record Move(String outcome, String otherOutcome, int decisions) {}

  /// A decision beside what it would be.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReplayedDecision(
      DecisionSummary decision,
      @Schema(description = "whether it came out as stored") boolean reproduced,
      @Schema(description = "clear, freeze or refuse") @Nullable String otherOutcome,
      @Schema(description = "rules that would stand against it") @Nullable List<String> otherRules,
      @Schema(description = "their sentences") @Nullable List<String> otherExplanations,
      @Schema(description = "the other thresholds look farther back than the history kept")
          boolean historyTooShort) {
    static ReplayedDecision of(Replayed replayed) {
      Judgement other = replayed.other().orElse(null);
      return new ReplayedDecision(
          DecisionSummary.of(replayed.decision()),
          replayed.reproduced(),
          other == null ? null : StoredJson.wire(other.outcome()),
          other == null
              ? null
              : other.reasons().stream().map(reason -> reason.rule().wire()).toList(),
          other == null
              ? null
              : other.reasons().stream().map(reason -> reason.explanation()).toList(),
          replayed.historyTooShort());
    }
  }
}
