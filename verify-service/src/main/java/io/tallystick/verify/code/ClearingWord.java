package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

/// What clearing-service says of a payment; the truth about its money.
///
/// @param state as an order's state
/// @param revision counts the payment's changes; the higher one is the later word; 0 for a payment
///   that was taken back before it was made
public record ClearingWord(OrderState state, int revision) {
  /// Of a payment that has not changed since it was made.
  public static final int FIRST_REVISION = 1;

  public ClearingWord {
    requireNonNull(state, "state is null");
    if (revision < 0) {
      throw new IllegalArgumentException("revision is negative: " + revision);
    }
    if (state instanceof OrderState.Authorising) {
      throw new IllegalArgumentException("clearing-service has no payment that is authorising");
    }
  }
}
