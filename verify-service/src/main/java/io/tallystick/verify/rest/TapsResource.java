package io.tallystick.verify.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.rest.Problem;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.verify.rest.TapUploads.Upload;
import io.tallystick.verify.rest.TapUploads.UploadResults;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Halves that wallets kept.
@Path("/v1/taps")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Taps")
@SecurityRequirement(name = "payer")
@Authenticated
@RunOnVirtualThread
public class TapsResource {
  private final TapUploads uploads;
  private final RestCaller caller;

  TapsResource(TapUploads uploads, RestCaller caller) {
    this.uploads = uploads;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Upload the halves of taps that the payer's wallet kept",
      description =
          "Safe to repeat. Answered when every half is durable or refused for good, one result for"
              + " each half in the order sent.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UploadResults.class)))
  @APIResponse(
      responseCode = "400",
      description = "The call breaks its rules",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "A part that is needed is away; send the same call again",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public UploadResults upload(@NotNull @Valid Upload upload) {
    Set<Long> sequences = new HashSet<>();
    for (TapUploads.UploadedHalf half : upload.halves()) {
      if (!sequences.add(half.sequence())) {
        throw ApiErrors.invalidArgument(
            "SEQUENCE_REPEATED", "sequence " + half.sequence() + " is used twice");
      }
    }
    return uploads.take(upload, caller.payer().payerId());
  }
}
