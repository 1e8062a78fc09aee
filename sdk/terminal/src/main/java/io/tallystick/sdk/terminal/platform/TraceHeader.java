package io.tallystick.sdk.terminal.platform;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.tallystick.protocol.trace.Traceparent;
import java.util.function.Supplier;

/** Says to which trace a call belongs; the platform shows its id on the bill. */
final class TraceHeader implements ClientInterceptor {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of(Traceparent.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  private final Supplier<Traceparent> traces;

  TraceHeader(Supplier<Traceparent> traces) {
    this.traces = requireNonNull(traces, "traces is null");
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        headers.put(KEY, traces.get().toString());
        super.start(listener, headers);
      }
    };
  }
}
