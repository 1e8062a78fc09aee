package io.tallystick.clearing.ledger;

import static java.util.Objects.requireNonNull;

/// Money set aside in one account for one payment.
///
/// @param amountMinor more than zero
public record Hold(String payerId, String paymentId, AccountRef account, long amountMinor) {
  public Hold {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(account, "account is null");
    if (amountMinor <= 0) {
      throw new IllegalArgumentException("amountMinor is not positive: " + amountMinor);
    }
  }
}
