package io.tallystick.kit.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.tallystick.kit.trace.Spans;
import io.tallystick.kit.trace.TraceContext;

/// Hands the current trace on to the peer, with a span for the call.
final class TraceClientInterceptor implements ClientInterceptor {
  private final Spans spans;

  TraceClientInterceptor(Spans spans) {
    this.spans = spans;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        String parent = TraceContext.current().orElse(null);
        Span span = spans.start(SpanKind.CLIENT, method.getFullMethodName(), parent);
        Spans.traceparent(span)
            .or(TraceContext::current)
            .ifPresent(trace -> headers.put(CallGate.TRACEPARENT, trace));
        super.start(new Ending<>(listener, span), headers);
      }
    };
  }

  /// Ends the span with the call.
  private static final class Ending<R> extends SimpleForwardingClientCallListener<R> {
    private final Span span;

    Ending(ClientCall.Listener<R> listener, Span span) {
      super(listener);
      this.span = span;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk()) {
        span.setStatus(StatusCode.ERROR, status.getCode().name());
      }
      span.end();
      super.onClose(status, trailers);
    }
  }
}
