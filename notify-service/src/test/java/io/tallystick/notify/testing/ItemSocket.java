package io.tallystick.notify.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.base.TestPlatform;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/// The inbox over a WebSocket, by the JDK's client.
public final class ItemSocket implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CountDownLatch pinged = new CountDownLatch(1);
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  private ItemSocket() {}

  public static ItemSocket open(TestPlatform platform, String token, String query) {
    String port = ConfigProvider.getConfig().getValue("tallystick.http.port", String.class);
    ItemSocket items = new ItemSocket();
    items.socket =
        HttpClient.newBuilder()
            .sslContext(Api.trusting(platform.ca()))
            .build()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create("wss://localhost:" + port + "/v1/inbox/socket" + query), items)
            .join();
    return items;
  }

  /// The next item.
  public JsonNode next() {
    try {
      String message = messages.poll(BOUND.toMillis(), TimeUnit.MILLISECONDS);
      if (message == null) {
        throw new AssertionError("no item within " + BOUND);
      }
      return JSON.readTree(message);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came and was not taken.
  public List<String> received() {
    return List.copyOf(messages);
  }

  /// Waits until the server has begun to stream.
  public void awaitPing() {
    try {
      if (!pinged.await(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("no ping within " + BOUND);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether the server streams; false when it refused.
  public boolean pingedOrClosed() {
    while (pinged.getCount() > 0 && !closed.isDone()) {
      Thread.onSpinWait();
    }
    return pinged.getCount() == 0;
  }

  /// Status and reason with which the server closed.
  public String closedWith() {
    return closed.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      messages.add(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pinged.countDown();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
