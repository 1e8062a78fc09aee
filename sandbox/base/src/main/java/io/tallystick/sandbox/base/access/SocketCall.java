package io.tallystick.sandbox.base.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens a WebSocket and waits until it says something: a ping, or why it closes.
final class SocketCall implements WebSocket.Listener {
  private static final int REFUSED = 1008;
  private static final int LONGEST_WAIT_SECONDS = 20;

  private final CompletableFuture<RestOutcome> outcome = new CompletableFuture<>();

  private SocketCall() {}

  static RestOutcome make(HttpClient client, URI address, @Nullable String token) {
    SocketCall call = new SocketCall();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    try {
      WebSocket socket = builder.buildAsync(address, call).join();
      RestOutcome result = call.outcome.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
      socket.abort();
      return result;
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof WebSocketHandshakeException refused) {
        return switch (refused.getResponse().statusCode()) {
          case 401 -> RestOutcome.NO_TOKEN;
          case 403 -> RestOutcome.NOT_ALLOWED;
          default -> throw failed;
        };
      }
      throw failed;
    }
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    outcome.complete(RestOutcome.ALLOWED);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    outcome.complete(
        code == REFUSED && reason.startsWith("NOT_A_")
            ? RestOutcome.NOT_ALLOWED
            : RestOutcome.ALLOWED);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    outcome.completeExceptionally(failure);
  }
}
