package io.tallystick.clearing.bill.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.clearing.bill.Balances;
import io.tallystick.clearing.bill.Bill;
import io.tallystick.clearing.bill.BillFilter;
import io.tallystick.clearing.bill.BillService;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.RestCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A payer's bills and balances. What belongs to another payer is not found.
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Bills")
@SecurityRequirement(name = "token")
@Authenticated
@RunOnVirtualThread
public class BillResource {
  private final BillService bills;
  private final RestCaller caller;

  BillResource(BillService bills, RestCaller caller) {
    this.bills = bills;
    this.caller = caller;
  }

  @GET
  @Path("bills")
  @Operation(summary = "The payer's payments, newest first, in pages")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "400", description = "A filter or the cursor is malformed")
  @APIResponse(responseCode = "403", description = "The token is not a payer's")
  public Page<Bill> list(
      @QueryParam("state") @Parameter(example = "paid") @Nullable String state,
      @QueryParam("kind") @Parameter(description = "code, offline-code, online-code or tap")
          @Nullable String kind,
      @QueryParam("from") @Parameter(description = "This time or later, ISO 8601 in UTC")
          @Nullable String from,
      @QueryParam("to") @Parameter(description = "Before this time, ISO 8601 in UTC")
          @Nullable String to,
      @QueryParam("limit") @Parameter(description = "1 to 200, 50 when absent")
          @Nullable Integer limit,
      @QueryParam("cursor") @Parameter(description = "nextCursor of the page before")
          @Nullable String cursor) {
    return bills.bills(
        caller.payer().payerId(),
        BillFilter.of(state, kind, from, to),
        PageRequest.of(limit, cursor));
  }

  @GET
  @Path("bills/{paymentId}")
  @Operation(summary = "One payment: its states with their reasons, refunds, halves, evidence")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "The payer has no such payment")
  public Bill.Detail find(@PathParam("paymentId") String paymentId) {
    return bills.bill(caller.payer().payerId(), paymentId);
  }

  @GET
  @Path("balances")
  @Operation(summary = "What the payer has: available, held, allowance of each device, arrears")
  @APIResponse(responseCode = "200")
  public Balances balances() {
    return bills.balances(caller.payer().payerId());
  }
}
