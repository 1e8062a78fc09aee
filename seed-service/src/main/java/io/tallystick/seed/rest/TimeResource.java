package io.tallystick.seed.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Server time, for wallets to set their reckoning by.
@Path("/v1/time")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Time")
@PermitAll
public class TimeResource {
  private final Clock clock;

  TimeResource(Clock clock) {
    this.clock = clock;
  }

  /// What the server's clock says.
  @RegisterForReflection
  public record TimeView(Instant serverTime) {}

  @GET
  @Operation(summary = "Server time")
  public TimeView time() {
    return new TimeView(clock.instant());
  }
}
