package io.tallystick.notify.inbox.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.inbox.InboxConfig;
import io.tallystick.notify.inbox.Inboxes;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// A payer's inbox over a WebSocket: what `GET /v1/inbox/stream` sends, in the same order and with
/// the same way to resume (`?after=<item id>`). Nothing is expected of the client.
///
/// A token comes in the `Authorization` header; from a browser, which can't set one, as a
/// subprotocol (`bearer-token-carrier`, and `quarkus-http-upgrade#Authorization#Bearer …`).
@WebSocket(path = "/v1/inbox/socket")
@Authenticated
public class InboxSocket {
  private static final TypedKey<Thread> STREAM = new TypedKey<>("stream");
  private static final Pattern AFTER = Pattern.compile("(?:^|&)after=([^&]*)");
  private static final Pattern ITEM_ID = Pattern.compile("[0-9]{1,18}");

  /// RFC 6455, section 7.4.1: policy violation.
  private static final int REFUSED = 1008;

  private final Inboxes inboxes;
  private final InboxStreams streams;
  private final InboxConfig config;
  private final RestCaller caller;
  private final JsonWebToken token;
  private final ObjectMapper json;

  InboxSocket(
      Inboxes inboxes,
      InboxStreams streams,
      InboxConfig config,
      RestCaller caller,
      JsonWebToken token,
      ObjectMapper json) {
    this.inboxes = inboxes;
    this.streams = streams;
    this.config = config;
    this.caller = caller;
    this.token = token;
    this.json = json;
  }

  /// Starts the stream on a thread of its own: what else the connection brings must not wait for
  /// it.
  @OnOpen
  @RunOnVirtualThread
  void open(WebSocketConnection connection) {
    try {
      String payerId = caller.payer().payerId();
      Optional<String> after = after(connection.handshakeRequest().query());
      if (after.isPresent() && !ITEM_ID.matcher(after.get()).matches()) {
        refuse(connection, "ITEM_ID_MALFORMED");
        return;
      }
      long start = after.map(Long::parseLong).orElseGet(() -> inboxes.last(payerId));
      Instant expiresAt = Instant.ofEpochSecond(token.getExpirationTime());
      InboxSink sink = new WebSocketInboxSink(connection, json, config.sendTimeout());
      Thread stream =
          Thread.ofVirtual()
              .name("inbox-socket")
              .unstarted(() -> run(connection, payerId, start, expiresAt, sink));
      connection.userData().put(STREAM, stream);
      stream.start();
    } catch (ApiException refused) {
      refuse(connection, refused.reason());
    }
  }

  @OnClose
  void closed(WebSocketConnection connection) {
    Thread stream = connection.userData().get(STREAM);
    if (stream != null) {
      stream.interrupt();
    }
  }

  private void run(
      WebSocketConnection connection, String payerId, long start, Instant until, InboxSink sink) {
    try {
      streams.run(payerId, start, until, sink);
    } catch (ApiException refused) {
      refuse(connection, refused.reason());
    }
  }

  private static void refuse(WebSocketConnection connection, String reason) {
    connection.close(new CloseReason(REFUSED, reason)).subscribe().with(_ -> {}, _ -> {});
  }

  private static Optional<String> after(@Nullable String query) {
    if (query == null) {
      return Optional.empty();
    }
    Matcher matcher = AFTER.matcher(query);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
