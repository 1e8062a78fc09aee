package io.tallystick.clearing.bill.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.clearing.bill.BillFilter;
import io.tallystick.clearing.bill.BillService;
import io.tallystick.clearing.bill.Statement;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.RestCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A merchant's statements and payments, for its own staff. Another merchant is not found.
@Path("/v1/merchants/{merchantId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Statements")
@SecurityRequirement(name = "token")
@Authenticated
@RunOnVirtualThread
public class StatementResource {
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  private final BillService bills;
  private final RestCaller caller;

  StatementResource(BillService bills, RestCaller caller) {
    this.bills = bills;
    this.caller = caller;
  }

  @GET
  @Path("statements")
  @Operation(summary = "What was paid out, newest day first, in pages")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "403", description = "The token is not a merchant's")
  @APIResponse(responseCode = "404", description = "The token is another merchant's")
  public Page<Statement> statements(
      @PathParam("merchantId") String merchantId,
      @QueryParam("day") @Parameter(description = "Only this day", example = "2026-03-01")
          @Nullable String day,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    requireOwn(merchantId);
    Optional<LocalDate> only = Optional.ofNullable(day).map(StatementResource::parse);
    return bills.statements(merchantId, only, PageRequest.of(limit, cursor));
  }

  @GET
  @Path("statements/{day}/lines")
  @Operation(summary = "The payments and refunds of a day's statements, oldest first, in pages")
  @APIResponse(responseCode = "200")
  public Page<Statement.Line> lines(
      @PathParam("merchantId") String merchantId,
      @PathParam("day") String day,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    requireOwn(merchantId);
    return bills.lines(merchantId, parse(day), PageRequest.of(limit, cursor));
  }

  @GET
  @Path("payments")
  @Operation(summary = "Payments to the merchant, newest first, in pages")
  @APIResponse(responseCode = "200")
  public Page<Statement.Payment> payments(
      @PathParam("merchantId") String merchantId,
      @QueryParam("state") @Nullable String state,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    requireOwn(merchantId);
    return bills.payments(
        merchantId, BillFilter.of(state, kind, from, to), PageRequest.of(limit, cursor));
  }

  private void requireOwn(String merchantId) {
    if (!caller.merchant().merchantId().equals(merchantId)) {
      throw ApiErrors.notFound("MERCHANT_UNKNOWN", "you act for no such merchant: " + merchantId);
    }
  }

  private static LocalDate parse(String day) {
    try {
      LocalDate parsed = LocalDate.parse(day);
      if (parsed.getYear() >= FIRST_YEAR && parsed.getYear() <= LAST_YEAR) {
        return parsed;
      }
    } catch (DateTimeParseException e) {
      throw ApiErrors.invalidArgument("DAY_MALFORMED", "day is not an ISO 8601 day: " + day);
    }
    throw ApiErrors.invalidArgument("DAY_MALFORMED", "day is not from 1970 to 9999: " + day);
  }
}
