package io.tallystick.protocol.model;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;

/**
 * A payment account number, field 4 of the authorisation: exactly 16 characters.
 *
 * @param value 16 of {@code A-Z a-z 0-9 . _ -}
 */
public record AccountNumber(String value) implements Comparable<AccountNumber> {
  /** Bytes on the wire. */
  public static final int LENGTH = 16;

  public AccountNumber {
    requireNonNull(value, "value is null");
    if (!value.matches("[A-Za-z0-9._-]{16}")) {
      throw new IllegalArgumentException("account number is not valid: " + value);
    }
  }

  public static AccountNumber of(String value) {
    return new AccountNumber(value);
  }

  public static AccountNumber parse(String text) {
    try {
      return new AccountNumber(text);
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("account number", "is not a valid value");
    }
  }

  public static AccountNumber read(ByteReader in, String field) {
    String text = in.paddedAscii(LENGTH, field);
    return in.value(field, () -> new AccountNumber(text));
  }

  public void write(ByteWriter out) {
    out.paddedAscii(value, LENGTH);
  }

  @Override
  public int compareTo(AccountNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
