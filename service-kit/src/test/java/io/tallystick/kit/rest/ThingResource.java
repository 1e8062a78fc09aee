package io.tallystick.kit.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.database.RequestDigest;
import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.trace.TraceContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A resource as services write them, with a way to fail for each mapper.
@Path("/v1/things")
@PermitAll
@RunOnVirtualThread
public class ThingResource {
  static final String SECRET = "the-seed-is-4711";
  static final AtomicInteger MADE = new AtomicInteger();

  public record Thing(@NotBlank String name, @Min(1) long amountMinor) {}

  public record Made(String id, String name) {}

  @Inject Database database;
  @Inject Idempotency idempotency;
  @Inject ObjectMapper json;
  @Inject RestCaller caller;

  @POST
  public Made make(@HeaderParam(IdempotencyKey.HEADER) String key, @Valid Thing thing) {
    IdempotencyKey required = IdempotencyKey.required(key);
    RequestDigest request =
        RequestDigest.of("name", thing.name()).and("amountMinor", thing.amountMinor());
    return database.inTransaction(handle ->
        idempotency.once(
            handle,
            "things",
            required.value(),
            request,
            ResponseCodec.json(json, Made.class),
            () -> new Made("thing-" + MADE.incrementAndGet(), thing.name())));
  }

  @GET
  public Page<String> list(
      @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
    PageRequest request = PageRequest.of(limit, cursor);
    int from = request.after().map(after -> Integer.parseInt(after) + 1).orElse(0);
    return Page.of(
            request,
            IntStream.range(from, Math.min(120, from + request.limit() + 1)).boxed().toList(),
            i -> Integer.toString(i))
        .map(i -> "thing " + i);
  }

  @GET
  @Path("fail/{how}")
  public String fail(@PathParam("how") String how) throws IOException {
    switch (how) {
      case "domain" ->
          throw ApiErrors.failedPrecondition("NOT_OPEN", "the payment is closed")
              .with("state", "closed");
      case "io" -> throw new IOException(SECRET);
      case "error" -> throw new AssertionError(SECRET);
      case "busy" -> throw ApiErrors.unavailable("OVERLOADED", "too many");
      default -> throw new IllegalStateException(SECRET);
    }
  }

  @GET
  @Path("trace")
  public String trace() {
    return TraceContext.current().orElse("none");
  }

  @GET
  @Path("payer")
  public String payer() {
    return caller.payer().payerId();
  }

  @GET
  @Path("merchant")
  public String merchant() {
    return caller.merchant().merchantId();
  }

  @GET
  @Path("officer")
  @RolesAllowed(Role.RISK_OFFICER)
  public String officer() {
    return caller.subject();
  }
}
