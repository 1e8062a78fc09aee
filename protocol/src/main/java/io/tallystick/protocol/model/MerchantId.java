package io.tallystick.protocol.model;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;

/**
 * A merchant, EMV {@code 9F16}: 15 bytes on the wire, padded with spaces.
 *
 * @param value 1 to 15 of {@code A-Z a-z 0-9 . _ -}
 */
public record MerchantId(String value) implements Comparable<MerchantId> {
  /** Bytes on the wire. */
  public static final int LENGTH = 15;

  public MerchantId {
    requireNonNull(value, "value is null");
    if (!value.matches("[A-Za-z0-9._-]{1,15}")) {
      throw new IllegalArgumentException("merchant id is not valid: " + value);
    }
  }

  public static MerchantId of(String value) {
    return new MerchantId(value);
  }

  public static MerchantId parse(String text) {
    try {
      return new MerchantId(text);
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("merchant id", "is not a valid value");
    }
  }

  public static MerchantId read(ByteReader in, String field) {
    String text = in.paddedAscii(LENGTH, field);
    return in.value(field, () -> new MerchantId(text));
  }

  public void write(ByteWriter out) {
    out.paddedAscii(value, LENGTH);
  }

  @Override
  public int compareTo(MerchantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
