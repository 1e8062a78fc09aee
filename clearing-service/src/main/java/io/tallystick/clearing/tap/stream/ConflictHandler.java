package io.tallystick.clearing.tap.stream;

import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.clearing.tap.TapService;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Keeps the evidence of second tokens.
@Singleton
public class ConflictHandler implements EventHandler {
  private final TapService taps;

  ConflictHandler(TapService taps) {
    this.taps = taps;
  }

  @Override
  public EventStream stream() {
    return EventStream.TOKENS;
  }

  @Override
  public Set<String> types() {
    return Set.of(TapConflict.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    taps.keep(
        handle,
        events.stream().map(e -> TapMessages.conflict(e.as(TapConflict.parser()))).toList());
  }
}
