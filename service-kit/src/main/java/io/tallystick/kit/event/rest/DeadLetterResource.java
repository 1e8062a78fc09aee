package io.tallystick.kit.event.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.kit.event.DeadLetters;
import io.tallystick.kit.event.DeadLetters.DeadLetter;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.RestCaller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Events that this service gave up.
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@RunOnVirtualThread
public class DeadLetterResource {
  private static final Logger LOG = Logger.getLogger(DeadLetterResource.class);

  private final DeadLetters letters;
  private final RestCaller caller;

  DeadLetterResource(DeadLetters letters, RestCaller caller) {
    this.letters = letters;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
  @Operation(summary = "Events that were given up, newest first, in pages")
  public Page<DeadLetterView> list(
      @QueryParam("stream") @Nullable String stream,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest request = PageRequest.of(limit, cursor);
    long before = request.after().map(DeadLetterResource::id).orElse(Long.MAX_VALUE);
    List<DeadLetter> rows =
        letters.list(Optional.ofNullable(stream).map(this::stream), before, request.limit() + 1);
    return Page.of(request, rows, letter -> Long.toString(letter.id())).map(DeadLetterView::from);
  }

  /// An event that comes again has its effect once: what was replayed is gone from the list, and a
  /// second replay of it is NOT_FOUND.
  @POST
  @Path("/{id}/replays")
  @RolesAllowed(Role.OPERATOR)
  @Operation(summary = "Delivers one again; it is no dead letter any more if that succeeds")
  public void replay(@PathParam("id") long id) {
    try {
      letters.retry(id);
      LOG.infof("dead letter %d was replayed by %s", id, caller.subject());
    } catch (ApiException expected) {
      throw expected;
    } catch (RuntimeException failure) {
      LOG.warnf(failure, "dead letter %d failed again", id);
      throw ApiErrors.of(
          ErrorCode.FAILED_PRECONDITION,
          "FAILED_AGAIN",
          "its handler failed again: " + failure.getClass().getSimpleName(),
          Map.of(),
          failure);
    }
  }

  private EventStream stream(String name) {
    return EventStream.named(name)
        .orElseThrow(
            () -> ApiErrors.invalidArgument("STREAM_UNKNOWN", "there is no stream " + name));
  }

  private static long id(String cursor) {
    return ApiErrors.valid("CURSOR_MALFORMED", () -> Long.valueOf(cursor));
  }
}
