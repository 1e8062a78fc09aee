package io.tallystick.risk.proto;

import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.Clear;
import io.tallystick.api.risk.v1.Refuse;
import io.tallystick.api.risk.v1.StepUp;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Way;
import java.time.Instant;

/// Messages of `Assess`.
public final class AssessMessages {
  private AssessMessages() {}

  /// @param now server time
  public static Observation observation(AssessRequest request, Instant now) {
    if (!request.hasPresentedAt()) {
      throw new IllegalArgumentException("presented_at must be given");
    }
    return new Observation(
        request.getPaymentId(),
        request.getPayerId(),
        Messages.deviceId(request.getDeviceId()),
        way(request.getInstrumentKind()),
        MerchantId.of(request.getMerchantId()),
        TerminalId.of(request.getTerminalId()),
        ProtoMoney.from(request.getAmount()),
        Messages.instant(request.getPresentedAt(), "presented_at"),
        now,
        request.hasDeviceEnrolledAt()
            ? Messages.instant(request.getDeviceEnrolledAt(), "device_enrolled_at")
            : null,
        request.hasTerminalPlace() ? Messages.place(request.getTerminalPlace()) : null,
        null);
  }

  public static AssessResponse response(Decision decision) {
    AssessResponse.Builder response =
        AssessResponse.newBuilder().setDecisionId(decision.decisionId().toString());
    var reasons = Messages.reasons(decision.judgement());
    return switch (decision.judgement().outcome()) {
      case CLEAR -> response.setClear(Clear.getDefaultInstance()).build();
      case FREEZE -> response.setStepUp(StepUp.newBuilder().addAllReasons(reasons)).build();
      case REFUSE -> response.setRefuse(Refuse.newBuilder().addAllReasons(reasons)).build();
    };
  }

  private static Way way(InstrumentKind kind) {
    return switch (kind) {
      case INSTRUMENT_KIND_OFFLINE_CODE -> Way.OFFLINE_CODE;
      case INSTRUMENT_KIND_ONLINE_CODE -> Way.ONLINE_CODE;
      case INSTRUMENT_KIND_TAP, INSTRUMENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("instrument_kind must be a code's, is " + kind);
    };
  }
}
