package io.tallystick.risk.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.postgres.StoredJson;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A decision in a list.
@RegisterForReflection
@Schema(description = "A decision of the rules about one payment")
public record DecisionSummary(
    @Schema(description = "UUIDv7") String decisionId,
    @Schema(examples = "tap_00000000000000a100000007") String paymentId,
    String payerId,
    @Schema(description = "16 hexadecimal digits") String deviceId,
    @Schema(description = "offline_code, online_code or tap") String way,
    String merchantId,
    String terminalId,
    @Schema(description = "minor units") long amountMinor,
    @Schema(examples = "CNY") String currency,
    @Schema(description = "tap time, or server time of a code") Instant paidAt,
    Instant receivedAt,
    Instant decidedAt,
    @Schema(description = "clear, freeze or refuse") String outcome,
    @Schema(description = "rules that stand against the payment, gravest first") List<String> rules,
    @Schema(description = "version and digest of the thresholds") String thresholdsVersion) {
  static DecisionSummary of(Decision decision) {
    Observation observation = decision.observation();
    return new DecisionSummary(
        decision.decisionId().toString(),
        observation.paymentId(),
        observation.payerId(),
        observation.deviceId().toString(),
        StoredJson.wire(observation.way()),
        observation.merchantId().value(),
        observation.terminalId().value(),
        observation.amount().amountMinor(),
        observation.amount().currency(),
        observation.paidAt(),
        observation.receivedAt(),
        decision.decidedAt(),
        StoredJson.wire(decision.judgement().outcome()),
        decision.judgement().reasons().stream().map(reason -> reason.rule().wire()).toList(),
        decision.thresholdsVersion());
  }
}
