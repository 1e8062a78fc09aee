package io.tallystick.kit.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Lets only statuses of the closed set leave, each with `google.rpc.ErrorInfo`.
///
/// Statuses that gRPC itself makes keep their code where it is in the set and get a neutral
/// message; CANCELLED and UNIMPLEMENTED pass, since only the runtime makes them. Anything else, and
/// any exception that escapes a handler, becomes INTERNAL with a reference to the log.
final class StatusGate<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Consumer<Status> whenEnded = _ -> {};

  StatusGate(ServerCall<Q, R> call) {
    super(call);
  }

  /// Something to do with the status that leaves; a call that its caller cancels ends with
  /// CANCELLED.
  void whenEnded(Consumer<Status> action) {
    whenEnded = action;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (status.isOk() || ours(status, trailers) || standardService()) {
      finish(status, trailers);
      return;
    }
    switch (status.getCode()) {
      case CANCELLED -> finish(Status.CANCELLED, new Metadata());
      case UNIMPLEMENTED -> finish(Status.UNIMPLEMENTED, new Metadata());
      default -> end(translated(status));
    }
  }

  /// Ends the call with an error of ours; does nothing if it has ended.
  void end(ApiException error) {
    StatusRuntimeException exception = GrpcStatuses.toStatus(error);
    Metadata trailers = exception.getTrailers();
    finish(exception.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /// Starts the handler, and keeps exceptions of its listener from reaching the runtime.
  ServerCall.Listener<Q> guard(Supplier<ServerCall.Listener<Q>> start) {
    ServerCall.Listener<Q> listener;
    try {
      listener = start.get();
    } catch (RuntimeException failure) {
      end(ApiErrors.from(failure));
      return new ServerCall.Listener<>() {};
    }
    return new Guarded(listener);
  }

  private void finish(Status status, Metadata trailers) {
    if (ended.compareAndSet(false, true)) {
      whenEnded.accept(status);
      super.close(status, trailers);
    }
  }

  private static boolean ours(Status status, Metadata trailers) {
    return GrpcStatuses.errorCode(status.getCode()).isPresent()
        && GrpcStatuses.info(status, trailers).isPresent();
  }

  /// Health and reflection answer as their own specifications say.
  private boolean standardService() {
    return getMethodDescriptor().getFullMethodName().startsWith("grpc.");
  }

  private static ApiException translated(Status status) {
    Optional<ErrorCode> code = GrpcStatuses.errorCode(status.getCode());
    if (code.isEmpty() || code.get() == ErrorCode.INTERNAL) {
      return ApiErrors.from(status.asRuntimeException());
    }
    return ApiErrors.of(code.get(), "TRANSPORT", "the call ended with " + code.get());
  }

  private final class Guarded extends SimpleForwardingServerCallListener<Q> {
    Guarded(ServerCall.Listener<Q> delegate) {
      super(delegate);
    }

    @Override
    public void onMessage(Q message) {
      guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guarded(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      if (ended.compareAndSet(false, true)) {
        whenEnded.accept(Status.CANCELLED);
      }
      super.onCancel();
    }

    @Override
    public void onReady() {
      guarded(super::onReady);
    }

    private void guarded(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException failure) {
        end(ApiErrors.from(failure));
      }
    }
  }
}
