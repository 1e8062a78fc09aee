package io.tallystick.notify.webhook.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.notify.webhook.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of the delivery log in JSON.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
    String deliveryId,
    String webhookId,
    String type,
    @Nullable String paymentId,
    String state,
    int attempts,
    @Nullable Instant lastAttemptAt,
    @Nullable Integer lastStatus,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt,
    Instant createdAt,
    @Nullable Instant deliveredAt) {
  static DeliveryView from(Delivery delivery) {
    return new DeliveryView(
        delivery.deliveryId(),
        delivery.webhookId(),
        delivery.type(),
        delivery.paymentId(),
        delivery.state().text(),
        delivery.attempts(),
        delivery.lastAttemptAt(),
        delivery.lastStatus(),
        delivery.lastError(),
        delivery.nextAttemptAt(),
        delivery.createdAt(),
        delivery.deliveredAt());
  }
}
