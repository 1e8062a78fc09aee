package io.tallystick.notify.webhook;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A merchant's webhook.
///
/// @param previous secret that goes on signing until `previousUntil`
record Endpoint(
    String merchantId,
    String url,
    WebhookSecret secret,
    @Nullable WebhookSecret previous,
    @Nullable Instant previousUntil,
    Instant createdAt,
    Instant updatedAt) {

  /// The `webhook-signature` header: one signature for each secret in force.
  String signatures(String webhookId, Instant now, String body) {
    long timestamp = now.getEpochSecond();
    String signature = secret.sign(webhookId, timestamp, body);
    return previous != null && previousUntil != null && now.isBefore(previousUntil)
        ? signature + " " + previous.sign(webhookId, timestamp, body)
        : signature;
  }

  /// Until when the previous secret signs too; empty when it doesn't any more.
  Optional<Instant> overlapUntil(Instant now) {
    return Optional.ofNullable(previous == null ? null : previousUntil).filter(now::isBefore);
  }

  Endpoint withoutPrevious(Instant now) {
    return new Endpoint(merchantId, url, secret, null, null, createdAt, now);
  }
}
