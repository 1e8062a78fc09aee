package io.tallystick.kit.grpc;

import static io.tallystick.kit.grpc.GrpcPolicy.operators;
import static io.tallystick.kit.grpc.GrpcPolicy.services;
import static io.tallystick.kit.grpc.GrpcPolicy.terminals;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.trace.TraceContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// A service of the real API that answers with who called it, or fails in the way the payment id
/// names.
@GrpcService
class RiskEndpoint extends RiskServiceGrpc.RiskServiceImplBase {
  static final String SECRET = "the-seed-is-4711";

  /// How often each payer id was asked about.
  static final Map<String, Integer> ATTEMPTS = new ConcurrentHashMap<>();

  @Inject GrpcCalls calls;

  @Override
  public void assess(AssessRequest request, StreamObserver<AssessResponse> observer) {
    switch (request.getPaymentId()) {
      case "throws-at-once" -> throw new IllegalStateException(SECRET);
      case "raw-status" ->
          observer.onError(Status.DATA_LOSS.withDescription(SECRET).asRuntimeException());
      case "raw-unavailable" ->
          observer.onError(Status.UNAVAILABLE.withDescription(SECRET).asRuntimeException());
      default -> calls.unary(observer, () -> answer(request));
    }
  }

  private static AssessResponse answer(AssessRequest request) {
    String attempts = request.getPayerId();
    int attempt = ATTEMPTS.merge(attempts, 1, Integer::sum);
    return switch (request.getPaymentId()) {
      case "unavailable-twice" -> {
        if (attempt <= 2) {
          throw ApiErrors.unavailable("NOT_NOW", "come back later");
        }
        yield decision("attempt " + attempt);
      }
      case "unavailable" -> throw ApiErrors.unavailable("NOT_NOW", "come back later");
      case "never" -> {
        awaitCancellation();
        yield decision("cancelled");
      }
      case "domain-error" ->
          throw ApiErrors.failedPrecondition("NOT_OPEN", "the payment is closed")
              .with("state", "closed");
      case "fault" -> throw new IllegalStateException(SECRET);
      case "thread" -> decision(Thread.currentThread().isVirtual() ? "virtual" : "platform");
      case "trace" -> decision(TraceContext.current().orElseThrow());
      default -> decision(Caller.current().uri());
    };
  }

  /// Until the caller's deadline has passed.
  private static void awaitCancellation() {
    CountDownLatch cancelled = new CountDownLatch(1);
    Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static AssessResponse decision(String id) {
    return AssessResponse.newBuilder().setDecisionId(id).build();
  }

  @Singleton
  static class Policy {
    @Produces
    @Singleton
    GrpcPolicy policy() {
      return GrpcPolicy.builder()
          .allow(RiskServiceGrpc.getAssessMethod(), services("verify", "risk"), operators())
          .allow(RiskServiceGrpc.getAssessMethod(), terminals().and(t -> t.uri().contains("/m1/")))
          .build();
    }
  }
}
