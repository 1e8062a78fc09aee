package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.Money;
import java.time.Instant;

/// A tap of the device with the next lower or the next higher counter that is known.
///
/// @param allowanceLeftMinor below zero when the tap was not covered
public record KnownTap(
    String paymentId, Counter counter, Money amount, long allowanceLeftMinor, Instant paidAt) {
  public KnownTap {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(counter, "counter is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(paidAt, "paidAt is null");
    // A token may say anything; beyond what money can be it says no more.
    allowanceLeftMinor =
        Math.clamp(allowanceLeftMinor, -Money.MAX_AMOUNT_MINOR, Money.MAX_AMOUNT_MINOR);
  }
}
