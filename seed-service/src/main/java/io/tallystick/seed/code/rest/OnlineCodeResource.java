package io.tallystick.seed.code.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.rest.IdempotencyKey;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.seed.code.IssuedOnlineCode;
import io.tallystick.seed.code.OnlineCodeIssuance;
import io.tallystick.seed.code.OnlineCodeRequest;
import io.tallystick.seed.rest.Answers;
import io.tallystick.seed.rest.Fields;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Online codes.
@Path("/v1/online-codes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Online codes")
@SecurityRequirement(name = "payer")
@Authenticated
@RunOnVirtualThread
public class OnlineCodeResource {
  private final OnlineCodeIssuance issuance;
  private final RestCaller caller;
  private final Clock clock;

  OnlineCodeResource(OnlineCodeIssuance issuance, RestCaller caller, Clock clock) {
    this.issuance = issuance;
    this.caller = caller;
    this.clock = clock;
  }

  /// A wallet asks for a code to show.
  @RegisterForReflection
  public record CodeRequest(
      @NotNull @Schema(examples = "5f0c9b7a1e2d3c4b") String deviceId,
      @NotNull @Schema(description = "Unix seconds") Long signedAt,
      @NotNull @Schema(description = "SM2 r‖s, 64 bytes, Base64") byte[] signature) {}

  /// A code to show.
  @RegisterForReflection
  @Schema(name = "OnlineCode")
  public record CodeView(
      @Schema(description = "Twenty digits; opaque") String code,
      Instant expiresAt,
      Instant serverTime) {
    @Override
    public String toString() {
      return "CodeView[" + expiresAt + "]";
    }
  }

  @POST
  @Operation(summary = "Makes a one-time code to show")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = CodeView.class)))
  public Response make(
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid CodeRequest request) {
    IssuedOnlineCode issued =
        issuance.issue(
            new OnlineCodeRequest(
                caller.payer().payerId(),
                IdempotencyKey.required(key).value(),
                Fields.deviceId(request.deviceId()),
                request.signedAt(),
                Fields.signature("signature", request.signature())));
    return Answers.createdInSecret(
        new CodeView(issued.digits(), issued.expiresAt(), clock.instant()), issued.replayed());
  }
}
