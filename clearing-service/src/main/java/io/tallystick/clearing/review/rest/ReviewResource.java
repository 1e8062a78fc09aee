package io.tallystick.clearing.review.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.clearing.review.Decision;
import io.tallystick.clearing.review.ReviewService;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.RestCaller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What risk officers do about payments that wait for their payer.
@Path("/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reviews")
@SecurityRequirement(name = "token")
@RunOnVirtualThread
public class ReviewResource {
  private final ReviewService reviews;
  private final RestCaller caller;

  ReviewResource(ReviewService reviews, RestCaller caller) {
    this.reviews = reviews;
    this.caller = caller;
  }

  /// What an officer decides.
  ///
  /// @param decision `release`: the merchant is paid; `return`: the payer has the money back
  /// @param explanation for auditors; neither payer nor merchant reads it
  @RegisterForReflection
  public record DecisionRequest(
      @NotNull @Pattern(regexp = "release|return") String decision,
      @NotBlank @Size(max = 500) @Pattern(regexp = "[^\\p{Cntrl}]*") String explanation) {}

  @GET
  @RolesAllowed({Role.RISK_OFFICER, Role.AUDITOR})
  @Operation(summary = "Payments that wait for their payer, the longest wait first, in pages")
  @APIResponse(responseCode = "200")
  public Page<ReviewView> waiting(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    return reviews.waiting(PageRequest.of(limit, cursor)).map(ReviewView::of);
  }

  @GET
  @Path("{paymentId}")
  @RolesAllowed({Role.RISK_OFFICER, Role.AUDITOR})
  @Operation(summary = "One payment, waiting or not, with what officers decided about it")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "404", description = "There is no such payment: PAYMENT_UNKNOWN")
  public ReviewView find(@PathParam("paymentId") String paymentId) {
    return ReviewView.of(reviews.find(paymentId));
  }

  @POST
  @Path("{paymentId}/decisions")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.RISK_OFFICER)
  @Operation(
      summary = "Decides about a payment; carried out when enough officers decided alike",
      description =
          "One officer decides up to the amount `tallystick.clearing.review.four-eyes-above-minor`,"
              + " (`…-in.CODE` for a currency), above it two. The same decision again is answered as the first.")
  @APIResponse(responseCode = "200", description = "What became of it; `state` tells")
  @APIResponse(responseCode = "400", description = "The decision or the explanation is malformed")
  @APIResponse(responseCode = "404", description = "There is no such payment: PAYMENT_UNKNOWN")
  @APIResponse(
      responseCode = "409",
      description =
          "The payment does not wait: PAYMENT_NOT_WAITING; the officer decided otherwise before:"
              + " DECIDED_OTHERWISE")
  public ReviewView decide(
      @PathParam("paymentId") String paymentId, @NotNull @Valid DecisionRequest request) {
    Decision decision =
        Decision.parse(request.decision())
            .orElseThrow(() ->
                ApiErrors.invalidArgument("DECISION_UNKNOWN", "decision is release or return"));
    return ReviewView.of(
        reviews.decide(paymentId, caller.subject(), decision, request.explanation()));
  }
}
