package io.tallystick.risk.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.TimeCursor;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.postgres.DecisionTable;
import io.tallystick.risk.postgres.ThresholdsTable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Decisions for those who have to explain them.
@Path("/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Role.RISK_OFFICER, Role.AUDITOR})
@Tag(name = "decisions")
public class DecisionResource {
  private final Database database;

  @Inject
  DecisionResource(Database database) {
    this.database = database;
  }

  @GET
  @Path("/{paymentId}")
  @Operation(
      operationId = "getDecision",
      summary = "Why was this payment cleared, frozen or refused?")
  @APIResponse(responseCode = "200", description = "The decision with all it rests on")
  @APIResponse(
      responseCode = "404",
      description = "The payment was never decided: DECISION_UNKNOWN")
  public DecisionDetail get(@PathParam("paymentId") String paymentId) {
    return database.read(handle -> {
      Decision decision =
          DecisionTable.find(handle, paymentId)
              .orElseThrow(() ->
                  ApiErrors.notFound("DECISION_UNKNOWN", "there is no decision of this payment"));
      String thresholds =
          ThresholdsTable.find(handle, decision.thresholdsVersion())
              .orElseThrow(
                  () -> new AssertionError("thresholds are kept before they are in force"));
      return DecisionDetail.of(decision, thresholds);
    });
  }

  @GET
  @Operation(operationId = "listDecisions", summary = "A payer's decisions, newest first")
  @APIResponse(responseCode = "200", description = "A page of decisions")
  public Page<DecisionSummary> list(
      @Parameter(required = true, description = "the payer's id") @QueryParam("payer")
          @Nullable String payer,
      @Parameter(description = "decided at or after, ISO 8601 with zone") @QueryParam("from")
          @Nullable String from,
      @Parameter(description = "decided before, ISO 8601 with zone") @QueryParam("to")
          @Nullable String to,
      @Parameter(description = "most decisions, 1 to 200", schema = @Schema(defaultValue = "50"))
          @QueryParam("limit")
          @Nullable Integer limit,
      @Parameter(description = "nextCursor of the page before") @QueryParam("cursor")
          @Nullable String cursor) {
    if (payer == null || payer.isBlank()) {
      throw ApiErrors.invalidArgument("PAYER_MISSING", "payer must be given");
    }
    Instant first = Times.parse("from", from, Instant.EPOCH);
    Instant end = Times.parse("to", to, Times.END);
    PageRequest page = PageRequest.of(limit, cursor);
    TimeCursor after = TimeCursor.of(page).orElse(null);
    List<Decision> decisions =
        database.read(
            handle -> DecisionTable.list(handle, payer, first, end, after, page.limit() + 1));
    return Page.of(page, decisions, DecisionResource::cursor).map(DecisionSummary::of);
  }

  private static String cursor(Decision decision) {
    return new TimeCursor(decision.decidedAt(), decision.paymentId()).text();
  }
}
