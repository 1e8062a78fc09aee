package io.tallystick.kit.sealing.rest;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.kit.sealing.Sealing;
import io.tallystick.kit.sealing.SealingStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Key-encryption keys: versions and counts, never keys. Only services that seal have it.
@Path("/v1/key-encryption")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Key encryption")
@RunOnVirtualThread
@IfBuildProperty(name = "tallystick.sealing.resource", stringValue = "true")
public class KeyEncryptionResource {
  private final Sealing sealing;
  private final RestCaller caller;

  KeyEncryptionResource(Sealing sealing, RestCaller caller) {
    this.sealing = sealing;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
  @Operation(summary = "Versions, what needs them, and the newest re-seal job")
  public SealingStatus status() {
    return sealing.status();
  }

  @POST
  @Path("/reseals")
  @RolesAllowed(Role.OPERATOR)
  @ResponseStatus(202)
  @Operation(summary = "Seals everything anew under the current version; asking again is harmless")
  public SealingStatus reseal() {
    return sealing.reseal(caller.subject());
  }
}
