package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;

/// Some of a payment, given back.
public record Refund(
    String payerId, String paymentId, String refundId, String merchantId, Money amount) {
  public Refund {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(merchantId, "merchantId is null");
    if (refundId.isEmpty() || refundId.length() > PaymentTerms.LONGEST_ID) {
      throw new IllegalArgumentException("refund_id has a length of " + refundId.length());
    }
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount_minor is zero");
    }
  }
}
