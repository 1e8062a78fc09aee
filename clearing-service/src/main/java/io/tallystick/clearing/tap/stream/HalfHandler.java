package io.tallystick.clearing.tap.stream;

import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.clearing.tap.TapService;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Stores and matches the halves that verify-service has received.
@Singleton
public class HalfHandler implements EventHandler {
  private final TapService taps;

  HalfHandler(TapService taps) {
    this.taps = taps;
  }

  @Override
  public EventStream stream() {
    return EventStream.TOKENS;
  }

  @Override
  public Set<String> types() {
    return Set.of(TapReceived.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    taps.receive(
        handle, events.stream().map(e -> TapMessages.half(e.as(TapReceived.parser()))).toList());
  }
}
