package io.tallystick.kit.event;

import io.grpc.Context;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.tallystick.kit.trace.Spans;
import io.tallystick.kit.trace.TraceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The traces of events while they are handled: each has its span, under what caused it, also where
/// several are handled together.
final class EventTraces {
  private EventTraces() {}

  /// Runs `work` with the events as they are to be handled: each with its own span as the parent of
  /// what it brings about.
  static void run(Spans spans, List<Event> events, Consumer<List<Event>> work) {
    List<Span> open = new ArrayList<>(events.size());
    List<Event> traced = new ArrayList<>(events.size());
    for (Event event : events) {
      String parent = event.traceparent().orElse(null);
      Span span = spans.start(SpanKind.CONSUMER, "handle " + event.type(), parent);
      open.add(span);
      traced.add(event.causing(Spans.traceparent(span).or(event::traceparent)));
    }
    try {
      context(traced).run(() -> work.accept(traced));
    } catch (RuntimeException | Error failure) {
      open.forEach(span -> span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName()));
      throw failure;
    } finally {
      open.forEach(Span::end);
    }
  }

  /// One event's trace is the current one; of several, each is found by what it is about.
  private static Context context(List<Event> events) {
    if (events.size() == 1) {
      return TraceContext.in(Context.ROOT, events.getFirst().traceparent().orElse(null));
    }
    Map<String, String> traces = new HashMap<>();
    for (Event event : events) {
      event
          .traceparent()
          .ifPresent(trace ->
              EventSubject.of(event).ifPresent(subject -> traces.putIfAbsent(subject, trace)));
    }
    return TraceContext.inBatch(Context.ROOT, traces);
  }
}
