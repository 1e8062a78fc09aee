package io.tallystick.verify.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import io.tallystick.verify.code.OrderKey;

/// A valid request to pay with a code. Its text does not show the code.
///
/// @param code twenty digits
public record CodePaymentRequest(OrderKey key, String code, Money amount) {
  public CodePaymentRequest {
    requireNonNull(key, "key is null");
    requireNonNull(amount, "amount is null");
    if (!requireNonNull(code, "code is null").matches("[0-9]{20}")) {
      throw new IllegalArgumentException("code is not twenty decimal digits");
    }
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount.amount_minor is not positive");
    }
  }

  @Override
  public String toString() {
    return "CodePaymentRequest[" + key + ", " + amount + "]";
  }
}
