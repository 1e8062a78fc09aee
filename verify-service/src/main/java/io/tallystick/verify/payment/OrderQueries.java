package io.tallystick.verify.payment;

import io.tallystick.kit.error.ApiException;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.peer.ClearingPayments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/// `QueryPayment`: what became of an order, brought up to date. Never fails for a part that is
/// away: then the order is as it was last known.
@Singleton
public class OrderQueries {
  private static final Logger LOG = Logger.getLogger(OrderQueries.class);

  private final CodeOrders orders;
  private final OrderResumption resumption;
  private final ClearingPayments clearing;

  @Inject
  OrderQueries(CodeOrders orders, OrderResumption resumption, ClearingPayments clearing) {
    this.orders = orders;
    this.resumption = resumption;
    this.clearing = clearing;
  }

  /// Empty when this merchant has no such order.
  public Optional<CodeOrder> query(OrderKey key) {
    return orders.find(key).map(this::upToDate);
  }

  private CodeOrder upToDate(CodeOrder order) {
    try {
      return switch (order.state()) {
        case OrderState.Authorising _ -> authorising(order);
        case OrderState.AwaitingPayer _ -> asClearingKnows(order);
        case OrderState.Paid _,
            OrderState.Declined _,
            OrderState.Closed _,
            OrderState.Reversed _,
            OrderState.Refunded _ ->
            order;
      };
    } catch (ApiException away) {
      LOG.debugf(
          "order of payment %s is answered as last known: %s", order.paymentId(), away.reason());
      return order;
    }
  }

  /// While somebody works on it, it may be answered already and only not written yet.
  private CodeOrder authorising(CodeOrder order) {
    CodeOrder looked = resumption.look(order);
    return looked.isAuthorising() ? asClearingKnows(looked) : looked;
  }

  private CodeOrder asClearingKnows(CodeOrder order) {
    return clearing.query(order).map(word -> hear(order, word)).orElse(order);
  }

  private CodeOrder hear(CodeOrder order, ClearingWord word) {
    if (!order.isAuthorising() && word.revision() <= order.revision()) {
      return order;
    }
    return orders.hear(order, word);
  }
}
