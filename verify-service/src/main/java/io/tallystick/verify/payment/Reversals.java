package io.tallystick.verify.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.event.EventIds;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.peer.ClearingPayments;
import io.tallystick.verify.terminal.Terminal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/// `ReversePayment`: takes an order back whole, at whatever point it is.
///
/// Before the payment arrives it leaves a mark, on which the payment declines. While the order is
/// authorising, clearing-service is told first: a `Pay` still on its way meets the mark there.
@Singleton
public class Reversals {
  private final CodeOrders orders;
  private final ClearingPayments clearing;

  @Inject
  Reversals(CodeOrders orders, ClearingPayments clearing) {
    this.orders = orders;
    this.clearing = clearing;
  }

  /// What a reversal came to.
  public sealed interface Outcome {
    /// The money went back, or will never move.
    record Reversed(Instant at) implements Outcome {
      public Reversed {
        requireNonNull(at, "at is null");
      }
    }

    /// The order had moved no money and will not.
    record NothingToReverse() implements Outcome {}

    /// Settled or partly refunded.
    record TooLate(String explanation) implements Outcome {
      public TooLate {
        requireNonNull(explanation, "explanation is null");
      }
    }
  }

  public Outcome reverse(Terminal terminal, OrderKey key) {
    CodeOrder order = orders.markReversed(key, "pay_" + EventIds.at(orders.now()), terminal.id());
    return switch (order.state()) {
      case OrderState.Authorising _, OrderState.Paid _, OrderState.AwaitingPayer _ ->
          takeBack(order);
      case OrderState.Reversed(var at) -> new Outcome.Reversed(at);
      case OrderState.Declined(var cause, var at) when cause == DeclineCause.REVERSED ->
          new Outcome.Reversed(at);
      case OrderState.Declined _, OrderState.Closed _ -> new Outcome.NothingToReverse();
      case OrderState.Refunded _ ->
          new Outcome.TooLate("The payment was refunded, whole or in part.");
    };
  }

  private Outcome takeBack(CodeOrder order) {
    return switch (clearing.reverse(order)) {
      case ClearingPayments.Reversal.TooLate(var explanation) -> new Outcome.TooLate(explanation);
      case ClearingPayments.Reversal.Done(var word) -> takenBack(order, word);
    };
  }

  /// Written before it is answered: a terminal that was told of a reversal must not find the order
  /// paid afterwards.
  private Outcome takenBack(CodeOrder order, ClearingWord word) {
    orders.change(OrderChange.hearing(order, word));
    return switch (word.state()) {
      case OrderState.Reversed(var at) -> new Outcome.Reversed(at);
      case OrderState.Declined _, OrderState.Closed _ -> new Outcome.NothingToReverse();
      case OrderState.Authorising _,
          OrderState.Paid _,
          OrderState.AwaitingPayer _,
          OrderState.Refunded _ ->
          throw new IllegalStateException(
              "clearing-service reversed a payment and left it " + word.state().label());
    };
  }
}
