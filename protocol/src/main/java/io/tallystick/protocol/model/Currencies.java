package io.tallystick.protocol.model;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Currency;
import java.util.List;

/**
 * The currencies the wire can carry: alphabetic codes in Java, ISO 4217 numeric codes in EMV {@code
 * 5F2A} (4 BCD digits, the first 0).
 */
public final class Currencies {
  /** CNY 156, USD 840, EUR 978, GBP 826, HKD 344, JPY 392, KRW 410, MOP 446, SGD 702, THB 764. */
  public static final List<String> SUPPORTED =
      List.of("CNY", "USD", "EUR", "GBP", "HKD", "JPY", "KRW", "MOP", "SGD", "THB");

  private Currencies() {}

  static void requireSupported(String currency) {
    if (!SUPPORTED.contains(currency)) {
      throw new IllegalArgumentException("currency is not supported: " + currency);
    }
  }

  public static int numericCode(String currency) {
    requireSupported(currency);
    return Currency.getInstance(currency).getNumericCode();
  }

  public static int fractionDigits(String currency) {
    requireSupported(currency);
    return Currency.getInstance(currency).getDefaultFractionDigits();
  }

  public static void write(ByteWriter out, String currency) {
    out.bcd(numericCode(currency), 2);
  }

  public static String read(ByteReader in, String field) {
    int code = Integer.parseInt(in.bcd(2, field));
    for (String currency : SUPPORTED) {
      if (numericCode(currency) == code) {
        in.explain(currency);
        return currency;
      }
    }
    throw new MalformedException(field, "is not a supported currency");
  }
}
