package io.tallystick.notify.inbox.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.tallystick.notify.inbox.InboxItem;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Items as text messages, the same JSON as in server-sent events; a ping when nothing happens.
final class WebSocketInboxSink implements InboxSink {
  /// Going away: the client connects again, with a new token if its own has ended.
  private static final CloseReason ENDED = new CloseReason(1001, "resume after the last item");

  private final WebSocketConnection connection;
  private final ObjectMapper json;
  private final Duration timeout;

  WebSocketInboxSink(WebSocketConnection connection, ObjectMapper json, Duration timeout) {
    this.connection = connection;
    this.json = json;
    this.timeout = timeout;
  }

  @Override
  public void begin() throws InboxSinkGoneException, InterruptedException {
    heartbeat();
  }

  @Override
  public void item(InboxItem.Stored item) throws InboxSinkGoneException, InterruptedException {
    try {
      await(connection.sendText(json.writeValueAsString(InboxItemView.from(item))));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("the view is a record", impossible);
    }
  }

  @Override
  public void heartbeat() throws InboxSinkGoneException, InterruptedException {
    await(connection.sendPing(Buffer.buffer()));
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void close() {
    if (connection.isOpen()) {
      connection.close(ENDED).subscribe().with(_ -> {}, _ -> {});
    }
  }

  private void await(Uni<Void> sent) throws InboxSinkGoneException, InterruptedException {
    try {
      sent.subscribeAsCompletionStage().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
      throw new InboxSinkGoneException(gone);
    }
  }
}
