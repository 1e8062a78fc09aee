package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;

/**
 * A card account number, field 5 of the authorisation: 20 decimal digits in 10 BCD bytes.
 *
 * @param digits exactly twenty decimal digits
 */
public record CardAccountNumber(String digits) {
  /** Bytes on the wire. */
  public static final int LENGTH = 10;

  public CardAccountNumber {
    requireNonNull(digits, "digits is null");
    if (!digits.matches("[0-9]{20}")) {
      throw new IllegalArgumentException("card account number is not twenty digits: " + digits);
    }
  }

  public static CardAccountNumber parse(String digits) {
    if (!digits.matches("[0-9]{20}")) {
      throw new MalformedException("card account number", "is not twenty decimal digits");
    }
    return new CardAccountNumber(digits);
  }

  public static CardAccountNumber read(ByteReader in, String field) {
    CardAccountNumber number = new CardAccountNumber(in.bcd(LENGTH, field));
    in.explain(number);
    return number;
  }

  @Override
  public String toString() {
    return digits;
  }
}
