package io.tallystick.verify.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.protocol.model.Money;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.code.RefundId;
import io.tallystick.verify.code.postgres.PostgresRefunds;
import io.tallystick.verify.peer.ClearingPayments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// `RefundPayment`: gives money back after a payment is paid. Clearing-service decides and keeps
/// the outcome by refund id; here is kept what was asked, so that the same id with another amount
/// is told apart.
@Singleton
public class Refunds {
  private final Database database;
  private final CodeOrders orders;
  private final ClearingPayments clearing;

  @Inject
  Refunds(Database database, CodeOrders orders, ClearingPayments clearing) {
    this.database = database;
    this.orders = orders;
    this.clearing = clearing;
  }

  /// What a refund came to.
  public sealed interface Outcome {
    /// The order after it.
    record Refunded(CodeOrder order, OrderState.Refunded state) implements Outcome {}

    /// No money moved.
    ///
    /// @param reason `not_paid`, `exceeds_paid`, `currency` or `merchant_funds`
    record Refused(String reason, String explanation) implements Outcome {
      public Refused {
        requireNonNull(reason, "reason is null");
        requireNonNull(explanation, "explanation is null");
      }
    }
  }

  public Outcome refund(OrderKey key, RefundId refundId, Money amount) {
    Optional<CodeOrder> found = orders.find(key);
    if (found.isEmpty() || found.get().payable() == null) {
      return refused("not_paid");
    }
    CodeOrder order = found.get();
    Money first =
        database.inTransaction(
            handle -> PostgresRefunds.ask(handle, key, refundId, amount, orders.now()));
    List<String> differences = differences(first, amount);
    if (!differences.isEmpty()) {
      throw ApiErrors.keyReused(refundId.value(), String.join(", ", differences));
    }
    return switch (clearing.refund(order, refundId.value(), amount)) {
      case ClearingPayments.Refund.Done(var word) -> {
        orders.change(new OrderChange.Heard(key, order.paymentId(), word));
        if (word.state() instanceof OrderState.Refunded refunded) {
          yield new Outcome.Refunded(order.with(refunded, word.revision()), refunded);
        }
        throw new IllegalStateException(
            "clearing-service refunded a payment and left it " + word.state().label());
      }
      case ClearingPayments.Refund.Denied(var reason) -> refused(reason);
    };
  }

  private static Outcome refused(String reason) {
    return switch (reason) {
      case "exceeds_paid" -> new Outcome.Refused(reason, "More than is left of what was paid.");
      case "currency" -> new Outcome.Refused(reason, "The order was paid in another currency.");
      case "merchant_funds" ->
          new Outcome.Refused(reason, "The merchant's balance does not cover the refund.");
      case "not_paid", "unknown_payment" ->
          new Outcome.Refused("not_paid", "Nothing was paid for this order, or it was reversed.");
      default -> throw new IllegalStateException("clearing-service denied a refund for " + reason);
    };
  }

  private static List<String> differences(Money first, Money now) {
    if (!first.currency().equals(now.currency())) {
      return List.of("amount.currency");
    }
    return first.equals(now) ? List.of() : List.of("amount.amount_minor");
  }
}
