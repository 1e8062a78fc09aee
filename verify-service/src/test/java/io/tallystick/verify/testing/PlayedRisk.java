package io.tallystick.verify.testing;

import io.grpc.stub.StreamObserver;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.Clear;
import io.tallystick.api.risk.v1.Refuse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.api.risk.v1.StepUp;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// risk-service as verify-service knows it: one stored decision for each payment.
@Singleton
@Typed(PlayedRisk.class)
public class PlayedRisk extends RiskServiceGrpc.RiskServiceImplBase {
  private final Mood mood = new Mood();
  private final Map<String, AssessResponse> decisions = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile AssessResponse next = clear();

  public void reset() {
    mood.reset();
    next = clear();
    asked.set(0);
  }

  public void answerClear() {
    next = clear();
  }

  public void answerStepUp(String rule) {
    next =
        AssessResponse.newBuilder()
            .setStepUp(StepUp.newBuilder().addReasons(Reason.newBuilder().setRule(rule)))
            .build();
  }

  public void answerRefuse() {
    next =
        AssessResponse.newBuilder()
            .setRefuse(Refuse.newBuilder().addReasons(Reason.newBuilder().setRule("amount")))
            .build();
  }

  public void away(boolean isAway) {
    mood.away(isAway);
  }

  public void delay(Duration by) {
    mood.delay(by);
  }

  public int asked() {
    return asked.get();
  }

  @Override
  public void assess(AssessRequest request, StreamObserver<AssessResponse> observer) {
    asked.incrementAndGet();
    Answer.with(
        observer,
        () -> {
          mood.pass();
          return decisions.computeIfAbsent(request.getPaymentId(), _ -> next);
        });
  }

  private static AssessResponse clear() {
    return AssessResponse.newBuilder().setClear(Clear.getDefaultInstance()).build();
  }
}
