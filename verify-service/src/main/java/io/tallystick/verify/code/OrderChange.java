package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.verify.code.CodeOrder.Claim;
import java.time.Instant;

/// A change to a stored order.
public sealed interface OrderChange {
  OrderKey key();

  /// What clearing-service's word changes. Without a revision it speaks of a payment that it has
  /// not made and never will.
  static OrderChange hearing(CodeOrder order, ClearingWord word) {
    return word.revision() == 0 && word.state() instanceof OrderState.Reversed(var at)
        ? new Stopped(order.key(), at)
        : new Heard(order.key(), order.paymentId(), word);
  }

  /// Clearing-service's word. Replaces an earlier word, and anything but a local end without money
  /// that says the same.
  record Heard(OrderKey key, String paymentId, ClearingWord word) implements OrderChange {
    public Heard {
      requireNonNull(key, "key is null");
      requireNonNull(paymentId, "paymentId is null");
      requireNonNull(word, "word is null");
    }
  }

  /// A reversal came before the payment at clearing-service, where it now never happens. Has no
  /// effect once the order has left `authorising`.
  record Stopped(OrderKey key, Instant at) implements OrderChange {
    public Stopped {
      requireNonNull(key, "key is null");
      requireNonNull(at, "at is null");
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
