package io.tallystick.kit.grpc;

import com.google.rpc.ErrorInfo;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.smallrye.faulttolerance.api.Guard;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Calls one other service: a deadline on every call, a circuit breaker for all of them, and a
/// bounded retry with jitter for those that are idempotent (SmallRye Fault Tolerance).
///
/// Failures are [ApiException]s. `UNAVAILABLE` and `DEADLINE_EXCEEDED` say that the peer gave no
/// answer; `INVALID_ARGUMENT`, `NOT_FOUND`, `ALREADY_EXISTS`, `FAILED_PRECONDITION` and
/// `RESOURCE_EXHAUSTED` are its answers, with its reason; everything else is a fault between
/// services and becomes `INTERNAL`.
public final class PeerClient<S extends AbstractStub<S>> {
  private static final String CALLER_GONE = "CALLER_GONE";
  private static final int RETRIES = 2;
  private static final long RETRY_PAUSE_MILLIS = 40;
  private static final int BREAKER_WINDOW_CALLS = 20;
  private static final double BREAKER_FAILURE_RATIO = 0.5;
  private static final long BREAKER_OPEN_MILLIS = 1_000;

  private final String peer;
  private final S stub;
  private final Reconnection reconnection;
  private final Guard breaker;
  private final Guard retry;

  PeerClient(String peer, S stub, Reconnection reconnection) {
    this.peer = peer;
    this.stub = stub;
    this.reconnection = reconnection;
    this.breaker =
        Guard.create()
            .withDescription("calls to " + peer)
            .withCircuitBreaker()
            .requestVolumeThreshold(BREAKER_WINDOW_CALLS)
            .failureRatio(BREAKER_FAILURE_RATIO)
            .delay(BREAKER_OPEN_MILLIS, ChronoUnit.MILLIS)
            .when(PeerClient::noAnswer)
            .done()
            .build();
    this.retry =
        Guard.create()
            .withDescription("retried calls to " + peer)
            .withRetry()
            .maxRetries(RETRIES)
            .delay(RETRY_PAUSE_MILLIS, ChronoUnit.MILLIS)
            .jitter(RETRY_PAUSE_MILLIS / 2, ChronoUnit.MILLIS)
            .whenException(PeerClient::unavailable)
            .done()
            .build();
  }

  /// Calls the peer and waits for its answer.
  ///
  /// @param timeout for all attempts together
  public <R> R call(Retry mode, Duration timeout, Function<S, R> method) {
    Deadline deadline = Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS);
    Callable<Object> once = () -> breaker.call(() -> attempt(deadline, method), Object.class);
    try {
      @SuppressWarnings("unchecked")
      R answer =
          (R)
              switch (mode) {
                case NEVER -> once.call();
                case IF_UNAVAILABLE -> retry.call(once, Object.class);
              };
      return answer;
    } catch (RuntimeException failure) {
      throw ApiErrors.from(failure);
    } catch (Exception e) {
      throw new AssertionError("stubs throw unchecked exceptions only", e);
    }
  }

  private <R> R attempt(Deadline deadline, Function<S, R> method) {
    reconnection.hurry();
    try {
      return method.apply(stub.withDeadline(deadline));
    } catch (StatusRuntimeException e) {
      throw translated(e);
    }
  }

  private ApiException translated(StatusRuntimeException failure) {
    if (failure.getStatus().getCode() == Status.Code.CANCELLED) {
      // Our own caller has gone, and its call took this one with it: says nothing about the peer.
      return ApiErrors.unavailable(CALLER_GONE, "the caller has gone");
    }
    Metadata trailers = failure.getTrailers() == null ? new Metadata() : failure.getTrailers();
    Optional<ErrorInfo> info = GrpcStatuses.info(failure.getStatus(), trailers);
    ErrorCode code =
        GrpcStatuses.errorCode(failure.getStatus().getCode()).orElse(ErrorCode.INTERNAL);
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          ApiErrors.of(
              code, "PEER_" + code, peer + " gave no answer", Map.of("peer", peer), failure);
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, RESOURCE_EXHAUSTED -> {
        String description = failure.getStatus().getDescription();
        yield ApiErrors.of(
            code,
            info.map(ErrorInfo::getReason).orElse("PEER_" + code),
            description == null ? peer + " answered " + code : description,
            info.map(ErrorInfo::getMetadataMap).orElse(Map.of()),
            failure);
      }
      case INTERNAL, UNAUTHENTICATED, PERMISSION_DENIED ->
          ApiErrors.from(new IllegalStateException(peer + " answered " + code, failure));
    };
  }

  private static boolean unavailable(Throwable failure) {
    return failure instanceof ApiException api
        && api.code() == ErrorCode.UNAVAILABLE
        && api.getCause() instanceof StatusRuntimeException;
  }

  private static boolean noAnswer(Throwable failure) {
    return failure instanceof ApiException api
        && !api.reason().equals(CALLER_GONE)
        && switch (api.code()) {
          case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL -> true;
          default -> false;
        };
  }
}
