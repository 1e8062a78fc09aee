package io.tallystick.protocol.model;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;

/**
 * A terminal, EMV {@code 9F1C}: 8 bytes on the wire, padded with spaces.
 *
 * @param value 1 to 8 of {@code A-Z a-z 0-9 . _ -}
 */
public record TerminalId(String value) implements Comparable<TerminalId> {
  /** Bytes on the wire. */
  public static final int LENGTH = 8;

  public TerminalId {
    requireNonNull(value, "value is null");
    if (!value.matches("[A-Za-z0-9._-]{1,8}")) {
      throw new IllegalArgumentException("terminal id is not valid: " + value);
    }
  }

  public static TerminalId of(String value) {
    return new TerminalId(value);
  }

  public static TerminalId parse(String text) {
    try {
      return new TerminalId(text);
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("terminal id", "is not a valid value");
    }
  }

  public static TerminalId read(ByteReader in, String field) {
    String text = in.paddedAscii(LENGTH, field);
    return in.value(field, () -> new TerminalId(text));
  }

  public void write(ByteWriter out) {
    out.paddedAscii(value, LENGTH);
  }

  @Override
  public int compareTo(TerminalId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
