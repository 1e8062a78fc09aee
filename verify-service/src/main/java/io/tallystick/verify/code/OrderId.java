package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

/// A merchant's name for an order; the idempotency key of a code payment.
///
/// @param value 1 to 64 of `A-Z a-z 0-9 . _ : -`
public record OrderId(String value) implements Comparable<OrderId> {
  public OrderId {
    requireNonNull(value, "value is null");
    if (!value.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new IllegalArgumentException("order_id is not 1 to 64 of [A-Za-z0-9._:-]");
    }
  }

  @Override
  public int compareTo(OrderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
