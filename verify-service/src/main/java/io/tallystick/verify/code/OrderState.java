package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Where an order stands.
public sealed interface OrderState {
  /// Received, its code consumed, not decided yet.
  record Authorising() implements OrderState {}

  /// The merchant has the money.
  record Paid(Instant paidAt) implements OrderState {
    public Paid {
      requireNonNull(paidAt, "paidAt is null");
    }
  }

  /// No money moved and with this order none will.
  record Declined(DeclineCause cause, Instant declinedAt) implements OrderState {
    public Declined {
      requireNonNull(cause, "cause is null");
      requireNonNull(declinedAt, "declinedAt is null");
    }
  }

  /// The money is held until the payer passes a challenge.
  record AwaitingPayer(Instant since) implements OrderState {
    public AwaitingPayer {
      requireNonNull(since, "since is null");
    }
  }

  /// The payer failed the challenge or let it expire; the money went back.
  record Closed(Instant closedAt) implements OrderState {
    public Closed {
      requireNonNull(closedAt, "closedAt is null");
    }
  }

  /// The money went back whole, or the payment was stopped before it began.
  record Reversed(Instant reversedAt) implements OrderState {
    public Reversed {
      requireNonNull(reversedAt, "reversedAt is null");
    }
  }

  /// Some or all of what was paid went back.
  ///
  /// @param refundedMinor so far, in the order's currency
  record Refunded(Instant paidAt, long refundedMinor, Instant refundedAt) implements OrderState {
    public Refunded {
      requireNonNull(paidAt, "paidAt is null");
      requireNonNull(refundedAt, "refundedAt is null");
      if (refundedMinor < 1) {
        throw new IllegalArgumentException("refundedMinor is below 1: " + refundedMinor);
      }
    }
  }

  /// The name in the database and in events, as in the protocol's states.
  default String label() {
    return switch (this) {
      case Authorising _ -> "authorising";
      case Paid _ -> "paid";
      case Declined _ -> "declined";
      case AwaitingPayer _ -> "awaiting-payer";
      case Closed _ -> "closed";
      case Reversed _ -> "reversed";
      case Refunded _ -> "refunded";
    };
  }
}
