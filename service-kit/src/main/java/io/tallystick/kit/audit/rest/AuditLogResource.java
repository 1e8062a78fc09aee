package io.tallystick.kit.audit.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.audit.AuditReport;
import io.tallystick.kit.audit.AuditVerifier;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Append-only logs and whether anybody changed them.
@Path("/v1/audit-logs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit logs")
@RolesAllowed({Role.AUDITOR, Role.OPERATOR})
@RunOnVirtualThread
public class AuditLogResource {
  private static final int MOST_HEADS = 10_000;

  private final AuditVerifier verifier;

  AuditLogResource(AuditVerifier verifier) {
    this.verifier = verifier;
  }

  /// Heads that the caller kept.
  ///
  /// @param heads at most 10,000
  @RegisterForReflection
  public record VerificationRequest(@Nullable List<KeptHead> heads) {}

  /// @param digest hexadecimal
  @RegisterForReflection
  public record KeptHead(long sequence, String digest) {}

  @GET
  @Operation(summary = "The names of this service's audit logs")
  public List<String> logs() {
    return verifier.logs();
  }

  @POST
  @Path("/{log}/verifications")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Checks a log against its hash chain and against heads kept elsewhere")
  public AuditReport verify(@PathParam("log") String log, @Nullable VerificationRequest request) {
    Map<Long, String> kept = new HashMap<>();
    if (request != null && request.heads() != null) {
      if (request.heads().size() > MOST_HEADS) {
        throw ApiErrors.invalidArgument("TOO_MANY_HEADS", "heads has more than " + MOST_HEADS);
      }
      request.heads().forEach(head -> kept.put(head.sequence(), head.digest()));
    }
    return verifier.verify(log, kept);
  }
}
