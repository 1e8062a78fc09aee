package io.tallystick.notify.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of the delivery log.
///
/// @param webhookId the `webhook-id` header
/// @param lastStatus HTTP status of the last attempt, absent when there was no answer
/// @param lastError what was wrong with the last attempt
/// @param nextAttemptAt absent when no attempt is planned
public record Delivery(
    String merchantId,
    String deliveryId,
    String webhookId,
    String type,
    @Nullable String paymentId,
    State state,
    int attempts,
    @Nullable Instant lastAttemptAt,
    @Nullable Integer lastStatus,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt,
    Instant createdAt,
    @Nullable Instant deliveredAt) {

  /// How far a delivery is.
  public enum State {
    PENDING("pending"),
    DELIVERED("delivered"),
    GIVEN_UP("given-up");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /// As in JSON and SQL.
    public String text() {
      return text;
    }

    /// @throws IllegalArgumentException for another text
    public static State parse(String text) {
      for (State state : values()) {
        if (state.text.equals(text)) {
          return state;
        }
      }
      throw new IllegalArgumentException("state is unknown: " + text);
    }
  }
}
