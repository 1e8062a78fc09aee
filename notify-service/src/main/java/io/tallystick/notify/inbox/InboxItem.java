package io.tallystick.notify.inbox;

import static java.util.Objects.requireNonNull;

import io.tallystick.notify.reason.Reason;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a payer is told once.
///
/// @param title a few words
/// @param text one or two sentences
/// @param amount absent for a dispute
/// @param refunded so far, for state `refunded`
/// @param state of the payment, `disputed` for a dispute
/// @param revision of the payment, 0 for a dispute
/// @param challengeId set for a challenge
/// @param changedAt when the payment changed
public record InboxItem(
    Type type,
    String title,
    String text,
    String paymentId,
    String merchantId,
    @Nullable Money amount,
    @Nullable Money refunded,
    String state,
    int revision,
    List<Reason> reasons,
    @Nullable String challengeId,
    Instant changedAt) {
  public InboxItem {
    requireNonNull(type, "type is null");
    requireNonNull(title, "title is null");
    requireNonNull(text, "text is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(state, "state is null");
    reasons = List.copyOf(reasons);
    requireNonNull(changedAt, "changedAt is null");
  }

  /// What an item is about.
  public enum Type {
    /// A payment moved to another state.
    PAYMENT("payment"),
    /// A payment waits for the payer.
    CHALLENGE("challenge"),
    /// The halves of a tap disagree.
    DISPUTE("dispute");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /// As in JSON and SQL.
    public String text() {
      return text;
    }

    static Type parse(String text) {
      return switch (text) {
        case "payment" -> PAYMENT;
        case "challenge" -> CHALLENGE;
        case "dispute" -> DISPUTE;
        default -> throw new IllegalArgumentException("type is unknown: " + text);
      };
    }
  }

  /// An item as it stands in the inbox.
  ///
  /// @param id counts the payer's items from 1
  /// @param traceId of the request that brought it about
  public record Stored(long id, InboxItem item, Instant createdAt, @Nullable String traceId) {}
}
