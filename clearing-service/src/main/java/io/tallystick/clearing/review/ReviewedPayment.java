package io.tallystick.clearing.review;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import java.util.List;

/// A payment with what officers decided about it.
///
/// @param reasons why it came to the state it is in
/// @param officersNeeded how many must decide alike
/// @param reviews in the order in which they were made
public record ReviewedPayment(
    Payment payment, List<Reason> reasons, int officersNeeded, List<Review> reviews) {
  public ReviewedPayment {
    requireNonNull(payment, "payment is null");
    reasons = List.copyOf(reasons);
    reviews = List.copyOf(reviews);
  }
}
