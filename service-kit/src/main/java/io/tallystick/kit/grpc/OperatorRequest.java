package io.tallystick.kit.grpc;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.tallystick.kit.operator.OperatorCall;
import java.util.Optional;

/// What an operator asks for by the call that is being handled: filled when its message arrives, on
/// an event loop, and written down by [GrpcCalls] on the thread that may wait.
final class OperatorRequest {
  private static final Context.Key<OperatorRequest> KEY = Context.key("tallystick-operator");

  private final String caller;
  private final String method;
  private volatile String message = "";

  OperatorRequest(String caller, String method) {
    this.caller = caller;
    this.method = method;
  }

  /// The one of the call that this thread handles; empty if no operator calls.
  static Optional<OperatorCall> current() {
    return Optional.ofNullable(KEY.get())
        .map(request -> new OperatorCall(request.caller, request.method, request.message));
  }

  Context in(Context context) {
    return context.withValue(KEY, this);
  }

  <Q> ServerCall.Listener<Q> listening(ServerCall.Listener<Q> next) {
    return new SimpleForwardingServerCallListener<>(next) {
      @Override
      public void onMessage(Q arrived) {
        message =
            arrived instanceof MessageOrBuilder asked
                ? TextFormat.printer().emittingSingleLine(true).printToString(asked)
                : "";
        super.onMessage(arrived);
      }
    };
  }
}
