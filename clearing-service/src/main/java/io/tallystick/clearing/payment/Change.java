package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A payment moved to another state, or more of it was refunded.
///
/// @param after the payment with its new revision
public record Change(Payment after, String previousState, List<Reason> reasons) {
  public Change {
    requireNonNull(after, "after is null");
    requireNonNull(previousState, "previousState is null");
    reasons = List.copyOf(reasons);
  }
}
