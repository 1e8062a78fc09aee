package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Currencies;
import java.math.BigDecimal;

/**
 * An amount that may be negative: a balance that is owed, a line of a bill.
 *
 * @param amountMinor minor units
 * @param currency ISO 4217 alphabetic code
 */
public record SignedMoney(long amountMinor, String currency) {
  public SignedMoney {
    requireNonNull(currency, "currency is null");
  }

  /** As a person writes it: {@code -12.34 CNY}. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(amountMinor, Currencies.fractionDigits(currency)).toPlainString()
        + " "
        + currency;
  }
}
