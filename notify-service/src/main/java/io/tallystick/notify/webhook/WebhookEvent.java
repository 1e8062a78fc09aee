package io.tallystick.notify.webhook;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something a merchant is told.
///
/// @param source what it tells of: the same source is told once
/// @param type `payment.cleared`
/// @param paymentId for the delivery log, absent where it is about no single payment
/// @param occurredAt the body's `timestamp`
/// @param data the body's `data`, a record
public record WebhookEvent(
    String merchantId,
    String source,
    String type,
    @Nullable String paymentId,
    Instant occurredAt,
    Object data) {
  public WebhookEvent {
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(source, "source is null");
    requireNonNull(type, "type is null");
    requireNonNull(occurredAt, "occurredAt is null");
    requireNonNull(data, "data is null");
  }
}
