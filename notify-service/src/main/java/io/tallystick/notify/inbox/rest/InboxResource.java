package io.tallystick.notify.inbox.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.inbox.InboxConfig;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.inbox.Inboxes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A payer's inbox.
@Path("/v1/inbox")
@Authenticated
@Tag(name = "Inbox")
public class InboxResource {
  private final Inboxes inboxes;
  private final InboxStreams streams;
  private final InboxConfig config;
  private final RestCaller caller;
  private final JsonWebToken token;

  InboxResource(
      Inboxes inboxes,
      InboxStreams streams,
      InboxConfig config,
      RestCaller caller,
      JsonWebToken token) {
    this.inboxes = inboxes;
    this.streams = streams;
    this.config = config;
    this.caller = caller;
    this.token = token;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(summary = "The caller's items, newest first")
  public Page<InboxItemView> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    PageRequest request = PageRequest.of(limit, cursor);
    long before = request.after().map(InboxResource::cursorId).orElse(Long.MAX_VALUE);
    List<InboxItem.Stored> rows =
        inboxes.before(caller.payer().payerId(), before, request.limit() + 1);
    return Page.of(request, rows, item -> Long.toString(item.id())).map(InboxItemView::from);
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RunOnVirtualThread
  @Operation(summary = "The caller's items as they come; Last-Event-ID or after resumes")
  public void stream(
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @QueryParam("after") @Nullable String after,
      @Context SseEventSink sink,
      @Context Sse sse) {
    String payerId = caller.payer().payerId();
    String from = lastEventId == null || lastEventId.isBlank() ? after : lastEventId;
    long start = from == null ? inboxes.last(payerId) : itemId(from);
    Instant expiresAt = Instant.ofEpochSecond(token.getExpirationTime());
    streams.run(payerId, start, expiresAt, new SseInboxSink(sink, sse, config.sendTimeout()));
  }

  private static long cursorId(String key) {
    return ApiErrors.valid("CURSOR_MALFORMED", () -> Long.valueOf(key));
  }

  private static long itemId(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw ApiErrors.invalidArgument(
          "ITEM_ID_MALFORMED", "Last-Event-ID is not the id of an item");
    }
    return Long.parseLong(text);
  }
}
