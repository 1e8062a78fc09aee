package io.tallystick.notify.challenge;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;

/// What a challenge is about, and the only thing that an answer to it confirms.
///
/// @param paymentId `pay_…` or `tap_…`
public record PaymentBinding(String paymentId, String merchantId, Money amount) {
  public PaymentBinding {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(amount, "amount is null");
  }

  /// The parts in a fixed order, for digests that bind to them.
  public String[] parts() {
    return new String[] {
      paymentId, merchantId, Long.toString(amount.amountMinor()), amount.currency()
    };
  }
}
