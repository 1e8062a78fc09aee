package io.tallystick.clearing.audit.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.clearing.audit.LedgerAudit;
import io.tallystick.clearing.audit.LedgerReport;
import io.tallystick.clearing.audit.postgres.PostgresAudit.AloneTap;
import io.tallystick.clearing.audit.postgres.PostgresAudit.PostingLine;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What auditors and operators may see of the ledger.
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
@SecurityRequirement(name = "token")
@RolesAllowed({Role.AUDITOR, Role.OPERATOR})
@RunOnVirtualThread
public class AuditResource {
  private final LedgerAudit audit;

  AuditResource(LedgerAudit audit) {
    this.audit = audit;
  }

  @GET
  @Path("ledger/check")
  @Operation(summary = "Looks at every invariant of the ledger")
  @APIResponse(responseCode = "200", description = "What was found; `sound` when nothing was")
  public LedgerReport check() {
    return audit.check();
  }

  @GET
  @Path("ledger/postings")
  @Operation(summary = "The entries of every posting of a payment")
  @APIResponse(responseCode = "200")
  public List<PostingLine> postings(
      @QueryParam("payment") @Parameter(required = true) @Nullable String payment) {
    if (payment == null || payment.isBlank()) {
      throw ApiErrors.invalidArgument("PAYMENT_MISSING", "query parameter payment is missing");
    }
    return audit.postings(payment);
  }

  @GET
  @Path("reconciliation/alone")
  @Operation(summary = "Taps with one half only, after the grace period, oldest first, in pages")
  @APIResponse(responseCode = "200")
  public Page<AloneTap> alone(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    return audit.alone(PageRequest.of(limit, cursor));
  }
}
