package io.tallystick.clearing.tap.stream;

import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.clearing.tap.TapService;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Clears taps as risk-service decides.
@Singleton
public class DecisionHandler implements EventHandler {
  private final TapService taps;

  DecisionHandler(TapService taps) {
    this.taps = taps;
  }

  @Override
  public EventStream stream() {
    return EventStream.DECISIONS;
  }

  @Override
  public Set<String> types() {
    return Set.of(TapDecided.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    taps.decide(
        handle, events.stream().map(e -> TapMessages.decision(e.as(TapDecided.parser()))).toList());
  }
}
