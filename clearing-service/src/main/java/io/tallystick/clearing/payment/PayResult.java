package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

/// What became of a [PayCommand].
public sealed interface PayResult {
  /// The payment as it stands: just made, or made before.
  record Answered(Payment payment) implements PayResult {
    public Answered {
      requireNonNull(payment, "payment is null");
    }
  }

  /// The payment id, or the order of the merchant, was used before with other terms.
  ///
  /// @param difference names of the fields that differ
  record Reused(String key, String difference) implements PayResult {
    public Reused {
      requireNonNull(key, "key is null");
      requireNonNull(difference, "difference is null");
    }
  }
}
