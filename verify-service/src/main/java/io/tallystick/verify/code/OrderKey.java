package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.MerchantId;
import java.util.Comparator;

/// An order, one of its kind: its id is unique for its merchant. Batches lock rows in this order.
public record OrderKey(MerchantId merchant, OrderId order) implements Comparable<OrderKey> {
  private static final Comparator<OrderKey> ORDER =
      Comparator.comparing(OrderKey::merchant).thenComparing(OrderKey::order);

  public OrderKey {
    requireNonNull(merchant, "merchant is null");
    requireNonNull(order, "order is null");
  }

  public static OrderKey of(String merchant, String order) {
    return new OrderKey(MerchantId.of(merchant), new OrderId(order));
  }

  @Override
  public int compareTo(OrderKey other) {
    return ORDER.compare(this, other);
  }
}
