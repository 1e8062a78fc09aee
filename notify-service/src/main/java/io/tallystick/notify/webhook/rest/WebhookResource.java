package io.tallystick.notify.webhook.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.IdempotencyKey;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.webhook.Delivery;
import io.tallystick.notify.webhook.Webhooks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// A merchant's webhook. Another merchant's paths do not exist for the caller. An operator may look
/// at the delivery log and have a delivery made again; the webhook itself is the merchant's.
@Path("/v1/merchants/{merchantId}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Webhooks")
@RunOnVirtualThread
public class WebhookResource {
  private final Webhooks webhooks;
  private final RestCaller caller;

  WebhookResource(Webhooks webhooks, RestCaller caller) {
    this.webhooks = webhooks;
    this.caller = caller;
  }

  /// Where to tell the merchant.
  @RegisterForReflection
  public record WebhookRequest(@NotBlank String url, boolean rotateSecret) {}

  /// A webhook in JSON.
  ///
  /// @param previousSecretUntil until when the replaced secret signs too; absent when none does
  /// @param secret only in the answer of the call that made it
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WebhookView(
      String url,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant previousSecretUntil,
      @Nullable String secret) {
    static WebhookView from(Webhooks.Registered webhook) {
      return new WebhookView(
          webhook.url(),
          webhook.createdAt(),
          webhook.updatedAt(),
          webhook.previousUntil().orElse(null),
          webhook.newSecret().orElse(null));
    }

    @Override
    public String toString() {
      return "WebhookView[" + url + "]";
    }
  }

  @PUT
  @Path("/webhook")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Sets the URL; makes a secret the first time and when asked to")
  public WebhookView put(
      @PathParam("merchantId") String merchantId, @NotNull @Valid WebhookRequest body) {
    requireOwn(merchantId);
    return WebhookView.from(webhooks.put(merchantId, body.url(), body.rotateSecret()));
  }

  @POST
  @Path("/webhook/secret-rotations")
  @ResponseStatus(201)
  @Operation(summary = "Makes a new secret; the present one signs too for a while")
  public WebhookView rotate(
      @PathParam("merchantId") String merchantId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key) {
    requireOwn(merchantId);
    return WebhookView.from(
        webhooks.rotateSecret(merchantId, IdempotencyKey.required(key).value()));
  }

  @DELETE
  @Path("/webhook/previous-secret")
  @Operation(summary = "Ends the overlap: only the newest secret signs")
  public WebhookView endOverlap(@PathParam("merchantId") String merchantId) {
    requireOwn(merchantId);
    return WebhookView.from(webhooks.endOverlap(merchantId));
  }

  @GET
  @Path("/webhook")
  @Operation(summary = "The webhook, without its secret")
  public WebhookView get(@PathParam("merchantId") String merchantId) {
    requireOwn(merchantId);
    return webhooks
        .find(merchantId)
        .map(WebhookView::from)
        .orElseThrow(() -> ApiErrors.notFound("NOT_FOUND", "there is no webhook"));
  }

  @DELETE
  @Path("/webhook")
  @Operation(summary = "Forgets the webhook and gives up what is pending")
  public void delete(@PathParam("merchantId") String merchantId) {
    requireOwn(merchantId);
    webhooks.delete(merchantId);
  }

  @POST
  @Path("/webhook/tests")
  @ResponseStatus(202)
  @Operation(summary = "Queues a test event")
  public DeliveryView test(
      @PathParam("merchantId") String merchantId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key) {
    requireOwn(merchantId);
    return DeliveryView.from(webhooks.test(merchantId, IdempotencyKey.required(key).value()));
  }

  @GET
  @Path("/webhook-deliveries")
  @Operation(summary = "The delivery log, newest first")
  public Page<DeliveryView> deliveries(
      @PathParam("merchantId") String merchantId,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    requireOwnOrOperator(merchantId);
    PageRequest request = PageRequest.of(limit, cursor);
    Delivery.State wanted =
        state == null ? null : ApiErrors.valid("STATE_UNKNOWN", () -> Delivery.State.parse(state));
    List<Delivery> rows =
        webhooks.deliveries(merchantId, wanted, request.after(), request.limit() + 1);
    return Page.of(request, rows, Delivery::deliveryId).map(DeliveryView::from);
  }

  @GET
  @Path("/webhook-deliveries/{deliveryId}")
  @Operation(summary = "One delivery")
  public DeliveryView delivery(
      @PathParam("merchantId") String merchantId, @PathParam("deliveryId") String deliveryId) {
    requireOwnOrOperator(merchantId);
    return DeliveryView.from(webhooks.delivery(merchantId, deliveryId));
  }

  @POST
  @Path("/webhook-deliveries/{deliveryId}/redeliveries")
  @ResponseStatus(202)
  @Operation(summary = "Queues a delivery again")
  public DeliveryView redeliver(
      @PathParam("merchantId") String merchantId,
      @PathParam("deliveryId") String deliveryId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key) {
    requireOwnOrOperator(merchantId);
    String required = IdempotencyKey.required(key).value();
    return DeliveryView.from(webhooks.redeliver(merchantId, deliveryId, required));
  }

  private void requireOwnOrOperator(String merchantId) {
    if (!caller.has(Role.OPERATOR)) {
      requireOwn(merchantId);
    }
  }

  private void requireOwn(String merchantId) {
    if (!caller.merchant().merchantId().equals(merchantId)) {
      throw ApiErrors.notFound("NOT_FOUND", "no such merchant");
    }
  }
}
