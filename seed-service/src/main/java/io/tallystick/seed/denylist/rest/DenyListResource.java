package io.tallystick.seed.denylist.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.seed.denylist.DenyListAnswer;
import io.tallystick.seed.denylist.DenyLists;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The signed deny list, for wallets.
@Path("/v1/deny-list")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Deny list")
@SecurityRequirement(name = "payer")
@Authenticated
@RunOnVirtualThread
public class DenyListResource {
  private final DenyLists denyLists;
  private final RestCaller caller;

  DenyListResource(DenyLists denyLists, RestCaller caller) {
    this.denyLists = denyLists;
    this.caller = caller;
  }

  /// The list, or what changed.
  @RegisterForReflection
  @Schema(name = "DenyList")
  public record DenyListView(
      @Schema(enumeration = {"full", "delta", "refreshed"}) String kind,
      long version,
      @Schema(description = "Signed encoding, Base64") byte[] list) {}

  @GET
  @Operation(summary = "The list, whole or as a delta from a version")
  public DenyListView since(@QueryParam("since") @DefaultValue("0") @Min(0) long since) {
    var _ = caller.payer();
    DenyListAnswer answer = denyLists.since(since);
    return new DenyListView(kind(answer), answer.version(), answer.encoded());
  }

  private static String kind(DenyListAnswer answer) {
    return switch (answer) {
      case DenyListAnswer.Full _ -> "full";
      case DenyListAnswer.Delta _ -> "delta";
      case DenyListAnswer.Refreshed _ -> "refreshed";
    };
  }
}
