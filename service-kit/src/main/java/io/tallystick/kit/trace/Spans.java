package io.tallystick.kit.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.tallystick.protocol.trace.Traceparent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Spans for OpenTelemetry. The parent is always given as a traceparent: work changes threads,
/// batches and processes here, and what a thread happens to carry would be somebody else's.
///
/// While tracing is off a span records nothing and passes its parent on.
@Singleton
public class Spans {
  private final Tracer tracer;

  /// Quarkus' tracer draws ids even while it is off; a parent is to be passed on as it came then.
  @Inject
  Spans(Tracer tracer, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
    this.tracer = off ? TracerProvider.noop().get("tallystick") : tracer;
  }

  /// Starts a span; the caller ends it.
  ///
  /// @param parent of the work that asked for this, absent or malformed for a new trace
  public Span start(SpanKind kind, String name, @Nullable String parent) {
    return tracer
        .spanBuilder(name)
        .setSpanKind(kind)
        .setParent(
            Traceparent.parse(parent)
                .map(known -> Context.root().with(Span.wrap(context(known))))
                .orElse(Context.root()))
        .startSpan();
  }

  /// A span as the parent of others; empty for one that is in no trace.
  public static Optional<String> traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? Optional.of(
            new Traceparent(
                    context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex())
                .toString())
        : Optional.empty();
  }

  private static SpanContext context(Traceparent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.parentId(),
        TraceFlags.fromHex(parent.flags(), 0),
        TraceState.getDefault());
  }
}
