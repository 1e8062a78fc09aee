package io.tallystick.kit.trace;

import io.grpc.Context;
import io.opentelemetry.api.trace.Span;
import io.smallrye.common.vertx.VertxContext;
import io.tallystick.protocol.trace.Traceparent;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `traceparent` (W3C Trace Context) of the work this thread does. It travels whether or not
/// spans are recorded, so that a bill always has a trace id.
public final class TraceContext {
  private static final Context.Key<String> KEY = Context.key("traceparent");
  private static final Context.Key<Map<String, String>> BATCH = Context.key("traceparents");
  private static final String LOCAL = "tallystick-traceparent";

  private TraceContext() {}

  /// The current one, absent when the work was not asked for by anyone.
  public static Optional<String> current() {
    String ofCall = KEY.get();
    return ofCall != null ? Optional.of(ofCall) : ofRequest();
  }

  /// The one of what a batch does about `subject` (a payment id); the current one outside a batch.
  public static Optional<String> about(String subject) {
    Map<String, String> batch = BATCH.get();
    String ofSubject = batch == null ? null : batch.get(subject);
    return ofSubject != null ? Optional.of(ofSubject) : current();
  }

  /// The trace id of [#about], 32 hexadecimal digits.
  public static Optional<String> traceIdAbout(String subject) {
    return about(subject).flatMap(Traceparent::parse).map(Traceparent::traceId);
  }

  /// Makes the traceparent of a REST request current while the request is handled: that of its span
  /// when there is one; a new one when what came is absent or malformed.
  public static void inRequest(@Nullable String traceparent) {
    String current = Spans.traceparent(Span.current()).orElseGet(() -> validOrFresh(traceparent));
    requestContext().ifPresent(context -> context.putLocal(LOCAL, current));
  }

  private static Optional<String> ofRequest() {
    return requestContext().map(context -> context.getLocal(LOCAL));
  }

  /// The context that Quarkus gives each request, on whatever thread the request is handled.
  private static Optional<io.vertx.core.Context> requestContext() {
    return Optional.ofNullable(Vertx.currentContext()).filter(VertxContext::isDuplicatedContext);
  }

  /// `context` with a given traceparent; with a new one when it is absent or malformed.
  public static Context in(Context context, @Nullable String traceparent) {
    return context.withValue(KEY, validOrFresh(traceparent));
  }

  /// `context` of a batch, whose parts have traces of their own.
  ///
  /// @param traceparents by subject
  public static Context inBatch(Context context, Map<String, String> traceparents) {
    return context.withValue(BATCH, Map.copyOf(traceparents));
  }

  public static boolean valid(@Nullable String traceparent) {
    return Traceparent.parse(traceparent).isPresent();
  }

  private static String validOrFresh(@Nullable String traceparent) {
    return Traceparent.parse(traceparent).orElseGet(Traceparent::fresh).toString();
  }
}
