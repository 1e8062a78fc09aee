package io.tallystick.protocol.model;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;

/**
 * An amount that is paid: minor units, never negative, with its currency. On the wire the amount is
 * EMV {@code 9F02} (12 BCD digits in 6 bytes) and the currency EMV {@code 5F2A} (ISO 4217 numeric,
 * 4 BCD digits in 2 bytes).
 *
 * @param amountMinor minor units, 0 to {@value #MAX_AMOUNT_MINOR}
 * @param currency ISO 4217 alphabetic code, one of {@link Currencies#SUPPORTED}
 */
public record Money(long amountMinor, String currency) implements Comparable<Money> {
  /** What twelve decimal digits hold. */
  public static final long MAX_AMOUNT_MINOR = 999_999_999_999L;

  /** Bytes of an amount on the wire. */
  public static final int AMOUNT_LENGTH = 6;

  public Money {
    requireNonNull(currency, "currency is null");
    if (amountMinor < 0 || amountMinor > MAX_AMOUNT_MINOR) {
      throw new IllegalArgumentException("amountMinor is out of range: " + amountMinor);
    }
    Currencies.requireSupported(currency);
  }

  public static Money of(long amountMinor, String currency) {
    return new Money(amountMinor, currency);
  }

  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(amountMinor, other.amountMinor), currency);
  }

  /**
   * @throws IllegalArgumentException when the result would be negative
   */
  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(amountMinor - other.amountMinor, currency);
  }

  public boolean isZero() {
    return amountMinor == 0;
  }

  /** Orders amounts of one currency; comparing two currencies is a caller's error. */
  @Override
  public int compareTo(Money other) {
    requireSameCurrency(other);
    return Long.compare(amountMinor, other.amountMinor);
  }

  /** The ISO 4217 numeric code. */
  public int numericCurrency() {
    return Currencies.numericCode(currency);
  }

  /** The 6 bytes of the amount and the 2 of the currency, next to each other. */
  public void write(ByteWriter out) {
    out.bcd(amountMinor, AMOUNT_LENGTH);
    Currencies.write(out, currency);
  }

  /** Reads the 6 bytes of the amount and the 2 of the currency, next to each other. */
  public static Money read(ByteReader in) {
    long amountMinor = readAmount(in, "amount");
    return new Money(amountMinor, Currencies.read(in, "currency"));
  }

  /** Reads the 6 bytes of an amount without a currency. */
  public static long readAmount(ByteReader in, String field) {
    long amountMinor = Long.parseLong(in.bcd(AMOUNT_LENGTH, field));
    in.explain(amountMinor + " minor units");
    return amountMinor;
  }

  /** As a person writes it: {@code 12.34 CNY}. */
  @Override
  public String toString() {
    int digits = Currencies.fractionDigits(currency);
    return java.math.BigDecimal.valueOf(amountMinor, digits).toPlainString() + " " + currency;
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "currencies differ: " + currency + " and " + other.currency);
    }
  }
}
