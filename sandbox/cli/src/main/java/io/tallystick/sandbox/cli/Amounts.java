package io.tallystick.sandbox.cli;

import io.tallystick.api.common.v1.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/// Amounts as people write them: "12.50 CNY" for 1250 minor units.
public final class Amounts {
  private Amounts() {}

  /// Reads a decimal amount.
  ///
  /// @throws CommandFailure when it is no amount of this currency: not a number, negative, zero, or
  ///   with more decimals than the currency has
  public static Money parse(String amount, String currencyCode) {
    try {
      Currency currency = Currency.getInstance(currencyCode.toUpperCase(Locale.ROOT));
      long minor =
          new BigDecimal(amount)
              .movePointRight(currency.getDefaultFractionDigits())
              .longValueExact();
      if (minor <= 0) {
        throw CommandFailure.usage("amount is not positive: " + amount);
      }
      return Money.newBuilder()
          .setAmountMinor(minor)
          .setCurrency(currency.getCurrencyCode())
          .build();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw CommandFailure.usage("not an amount of %s: %s".formatted(currencyCode, amount));
    }
  }

  /// Writes an amount.
  public static String text(Money money) {
    return text(money.getAmountMinor(), money.getCurrency());
  }

  /// Writes minor units of a currency.
  public static String text(long amountMinor, String currencyCode) {
    int digits = Currency.getInstance(currencyCode).getDefaultFractionDigits();
    return BigDecimal.valueOf(amountMinor, digits).toPlainString() + " " + currencyCode;
  }
}
