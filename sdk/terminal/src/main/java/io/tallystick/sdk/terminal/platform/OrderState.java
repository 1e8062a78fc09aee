package io.tallystick.sdk.terminal.platform;

import io.tallystick.protocol.model.Money;
import java.time.Instant;

/** What became of an order, as the platform told it last. */
public sealed interface OrderState {
  /** Received and not yet decided: ask again. */
  record Authorising(String paymentId) implements OrderState {}

  /** The merchant has the money. */
  record Paid(String paymentId, Money amount, Instant paidAt) implements OrderState {}

  /**
   * It did not happen, and with this order id never will.
   *
   * @param reason {@code code_refused}, {@code insufficient_funds}, {@code amount_limit}, {@code
   *     risk_refused}, {@code reversed} or {@code currency}
   */
  record Declined(String paymentId, String reason) implements OrderState {}

  /** The payer has to pass a challenge first: ask again. */
  record AwaitingPayer(String paymentId) implements OrderState {}

  /** The payer failed the challenge or let it expire; no money moved. */
  record Closed(String paymentId) implements OrderState {}

  /** Taken back whole. */
  record Reversed(String paymentId) implements OrderState {}

  /** Given back in part or whole. */
  record Refunded(String paymentId, Money paid, Money refunded) implements OrderState {}

  /** The platform has never heard of it. */
  record UnknownOrder() implements OrderState {}

  /** Whether asking again could bring another answer soon. */
  default boolean isPending() {
    return this instanceof Authorising || this instanceof AwaitingPayer;
  }
}
