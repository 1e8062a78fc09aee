package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Money of one payment that moved and stayed, refunds taken off, in the currency of the payment
/// being scored.
public record PaidAmount(String paymentId, long movedMinor, Instant paidAt) {
  public PaidAmount {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(paidAt, "paidAt is null");
    if (movedMinor <= 0) {
      throw new IllegalArgumentException("movedMinor must be positive, is " + movedMinor);
    }
  }
}
