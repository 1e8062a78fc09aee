package io.tallystick.notify.inbox.rest;

import io.tallystick.notify.inbox.InboxItem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Items as server-sent events; a comment when nothing happens.
final class SseInboxSink implements InboxSink {
  private static final long RECONNECT_MILLIS = 1_000;

  private final SseEventSink sink;
  private final Sse sse;
  private final Duration timeout;

  SseInboxSink(SseEventSink sink, Sse sse, Duration timeout) {
    this.sink = sink;
    this.sse = sse;
    this.timeout = timeout;
  }

  @Override
  public void begin() throws InboxSinkGoneException, InterruptedException {
    send(sse.newEventBuilder().comment("").reconnectDelay(RECONNECT_MILLIS).build());
  }

  @Override
  public void item(InboxItem.Stored item) throws InboxSinkGoneException, InterruptedException {
    send(
        sse.newEventBuilder()
            .id(Long.toString(item.id()))
            .name("item")
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(InboxItemView.class, InboxItemView.from(item))
            .build());
  }

  @Override
  public void heartbeat() throws InboxSinkGoneException, InterruptedException {
    send(sse.newEventBuilder().comment("").build());
  }

  @Override
  public boolean isOpen() {
    return !sink.isClosed();
  }

  @Override
  public void close() {
    sink.close();
  }

  private void send(OutboundSseEvent event) throws InboxSinkGoneException, InterruptedException {
    try {
      sink.send(event).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
      throw new InboxSinkGoneException(gone);
    }
  }
}
