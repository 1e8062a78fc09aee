package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.verify.code.CodeOrder.Claim;

/// A change to a stored order.
public sealed interface OrderChange {
  OrderKey key();

  /// Clearing-service's word. Replaces an earlier word, and anything but a local end without money
  /// that says the same.
  record Heard(OrderKey key, String paymentId, ClearingWord word) implements OrderChange {
    public Heard {
      requireNonNull(key, "key is null");
      requireNonNull(paymentId, "paymentId is null");
      requireNonNull(word, "word is null");
    }
  }

  /// Decided here, without money moving. Has no effect once the order has left `authorising` or
  /// another worker has claimed it.
  record Decided(OrderKey key, Claim claim, OrderState state) implements OrderChange {
    public Decided {
      requireNonNull(key, "key is null");
      requireNonNull(claim, "claim is null");
      if (!(state instanceof OrderState.Declined || state instanceof OrderState.Reversed)) {
        throw new IllegalArgumentException("not decided here: " + state.label());
      }
    }
  }

  /// The worker gives up its claim: the next to meet the order takes it on at once.
  record Released(OrderKey key, Claim claim) implements OrderChange {
    public Released {
      requireNonNull(key, "key is null");
      requireNonNull(claim, "claim is null");
    }
  }
}
