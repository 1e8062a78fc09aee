package io.tallystick.risk.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.GrpcCalls;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.proto.AssessMessages;
import io.tallystick.risk.scoring.Assessments;
import jakarta.inject.Inject;
import java.time.Clock;

/// Serves `Assess`.
@GrpcService
public class RiskGrpc extends RiskServiceGrpc.RiskServiceImplBase {
  private final GrpcCalls calls;
  private final Assessments assessments;
  private final Clock clock;

  @Inject
  RiskGrpc(GrpcCalls calls, Assessments assessments, Clock clock) {
    this.calls = calls;
    this.assessments = assessments;
    this.clock = clock;
  }

  @Override
  public void assess(AssessRequest request, StreamObserver<AssessResponse> observer) {
    calls.unary(
        observer,
        () -> {
          Observation observation =
              ApiErrors.valid(
                  "ASSESS_MALFORMED", () -> AssessMessages.observation(request, clock.instant()));
          return AssessMessages.response(assessments.assess(observation));
        });
  }
}
