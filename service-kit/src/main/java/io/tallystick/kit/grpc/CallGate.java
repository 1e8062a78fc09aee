package io.tallystick.kit.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.grpc.GlobalInterceptor;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.identity.CallerIdentity;
import io.tallystick.kit.identity.CallerIdentity.OperatorIdentity;
import io.tallystick.kit.identity.CertificateIdentity;
import io.tallystick.kit.trace.Spans;
import io.tallystick.kit.trace.TraceContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Inject;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Every call passes here first: who is calling (client certificate), may they (policy), which
/// trace it belongs to; and every status leaves through [StatusGate].
@GlobalInterceptor
@ApplicationScoped
public class CallGate implements ServerInterceptor, Prioritized {
  static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
  private static final String CACHED = "tallystick.identity";

  private final GrpcPolicy policy;
  private final Spans spans;
  private final GrpcServerStop stop;

  @Inject
  CallGate(Instance<GrpcPolicy> policy, Spans spans, GrpcServerStop stop) {
    this.policy = policy.isUnsatisfied() ? GrpcPolicy.builder().build() : policy.get();
    this.spans = spans;
    this.stop = stop;
  }

  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    stop.called();
    StatusGate<Q, R> gate = new StatusGate<>(call);
    String method = call.getMethodDescriptor().getFullMethodName();
    Optional<CallerIdentity> caller =
        Optional.ofNullable(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
            .flatMap(CallGate::identity);
    if (caller.isEmpty()) {
      return refuse(
          gate,
          ApiErrors.unauthenticated("NO_IDENTITY", "no client certificate with a known name"));
    }
    if (!policy.allows(method, caller.get())) {
      return refuse(
          gate, ApiErrors.permissionDenied("NOT_ALLOWED", "this caller may not call this method"));
    }
    String parent = headers.get(TRACEPARENT);
    Span span = spans.start(SpanKind.SERVER, method, parent);
    gate.whenEnded(status -> end(span, status));
    Context context =
        TraceContext.in(
            Caller.in(Context.current(), caller.get()), Spans.traceparent(span).orElse(parent));
    if (caller.get() instanceof OperatorIdentity operator) {
      OperatorRequest request = new OperatorRequest(operator.uri(), method);
      return gate.guard(() ->
          request.listening(Contexts.interceptCall(request.in(context), gate, headers, next)));
    }
    return gate.guard(() -> Contexts.interceptCall(context, gate, headers, next));
  }

  private static void end(Span span, Status status) {
    span.setAttribute("rpc.grpc.status_code", status.getCode().value());
    if (!status.isOk()) {
      span.setStatus(StatusCode.ERROR, status.getCode().name());
    }
    span.end();
  }

  private static <Q, R> ServerCall.Listener<Q> refuse(StatusGate<Q, R> gate, ApiException error) {
    gate.end(error);
    return new ServerCall.Listener<>() {};
  }

  private static Optional<CallerIdentity> identity(SSLSession session) {
    if (session.getValue(CACHED) instanceof CallerIdentity known) {
      return Optional.of(known);
    }
    Optional<CallerIdentity> identity = fromCertificate(session);
    identity.ifPresent(known -> session.putValue(CACHED, known));
    return identity;
  }

  private static Optional<CallerIdentity> fromCertificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate leaf
          ? CertificateIdentity.of(leaf)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
