package io.tallystick.verify.peer;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.api.risk.v1.RiskServiceGrpc.RiskServiceBlockingStub;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.grpc.PeerChannels;
import io.tallystick.kit.grpc.PeerClient;
import io.tallystick.kit.grpc.Retry;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.verify.code.Assessment;
import io.tallystick.verify.code.CodeMatch.Kind;
import io.tallystick.verify.code.CodeMatch.Payable;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.terminal.Terminal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Asks risk-service about a code payment. Fails closed: no answer is a step-up.
@Singleton
public class RiskAssessments {
  private static final Logger LOG = Logger.getLogger(RiskAssessments.class);

  private static final Assessment NO_ANSWER =
      new Assessment.StepUp(
          List.of(
              Reason.newBuilder()
                  .setRule("no_risk_answer")
                  .setExplanation("The payment could not be assessed in time.")
                  .build()));

  private final PeerClient<RiskServiceBlockingStub> risk;
  private final PeerDeadlines deadlines;

  @Inject
  RiskAssessments(PeerChannels channels, PeerDeadlines deadlines) {
    this.risk = channels.client("risk", RiskServiceGrpc::newBlockingStub);
    this.deadlines = deadlines;
  }

  /// @param place of the terminal, absent for one that moves
  public Assessment assess(CodeOrder order, Optional<Terminal.Place> place) {
    AssessRequest request = request(order, place);
    AssessResponse response;
    try {
      response = risk.call(Retry.IF_UNAVAILABLE, deadlines.assess(), stub -> stub.assess(request));
    } catch (ApiException noAnswer) {
      Metrics.counter("tallystick.verify.risk.unanswered").increment();
      LOG.debugf("payment %s steps up: %s", order.paymentId(), noAnswer.reason());
      return NO_ANSWER;
    }
    return switch (response.getOutcomeCase()) {
      case CLEAR -> new Assessment.Clear();
      case STEP_UP -> new Assessment.StepUp(response.getStepUp().getReasonsList());
      case REFUSE -> new Assessment.Refuse(response.getRefuse().getReasonsList());
      case OUTCOME_NOT_SET -> NO_ANSWER;
    };
  }

  private static AssessRequest request(CodeOrder order, Optional<Terminal.Place> place) {
    Payable payable = order.knownPayable();
    AssessRequest.Builder request =
        AssessRequest.newBuilder()
            .setPaymentId(order.paymentId())
            .setPayerId(payable.payerId())
            .setDeviceId(payable.deviceId())
            .setMerchantId(order.key().merchant().value())
            .setTerminalId(order.terminal().value())
            .setAmount(ProtoMoney.of(order.knownRequest().amount()))
            .setInstrumentKind(
                payable.kind() == Kind.OFFLINE_CODE
                    ? InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE
                    : InstrumentKind.INSTRUMENT_KIND_ONLINE_CODE)
            .setPresentedAt(ProtoTime.of(order.receivedAt()))
            .setDeviceEnrolledAt(ProtoTime.of(payable.deviceEnrolledAt()));
    place.ifPresent(where ->
        request.setTerminalPlace(
            Place.newBuilder()
                .setLatitudeDegrees(where.latitudeDegrees())
                .setLongitudeDegrees(where.longitudeDegrees())));
    return request.build();
  }
}
