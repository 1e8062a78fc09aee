package io.tallystick.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes big-endian fields. A value that does not fit its field is a caller's error and throws
 * {@link IllegalArgumentException}: values are validated where they are made. Not safe for use by
 * several threads.
 */
public final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  public ByteWriter u8(long value) {
    return number(value, 1);
  }

  public ByteWriter u16(long value) {
    return number(value, 2);
  }

  public ByteWriter u24(long value) {
    return number(value, 3);
  }

  public ByteWriter u32(long value) {
    return number(value, 4);
  }

  /** Eight bytes, two's complement. */
  public ByteWriter i64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  public ByteWriter bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /** Decimal digits, two in a byte. */
  public ByteWriter bcd(String digits, int length) {
    if (digits.length() != 2 * length) {
      throw new IllegalArgumentException(
          "digits is " + digits.length() + " long instead of " + 2 * length);
    }
    for (int i = 0; i < digits.length(); i += 2) {
      out.write(digit(digits.charAt(i)) << 4 | digit(digits.charAt(i + 1)));
    }
    return this;
  }

  /** A number as decimal digits, two in a byte, zero-padded on the left. */
  public ByteWriter bcd(long value, int length) {
    if (value < 0) {
      throw new IllegalArgumentException("value is negative: " + value);
    }
    String digits = Long.toString(value);
    return bcd("0".repeat(Math.max(0, 2 * length - digits.length())) + digits, length);
  }

  /** ASCII text, padded with spaces on the right. */
  public ByteWriter paddedAscii(String text, int length) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > length) {
      throw new IllegalArgumentException("text is longer than " + length);
    }
    out.writeBytes(bytes);
    for (int i = bytes.length; i < length; i++) {
      out.write(' ');
    }
    return this;
  }

  /** One BER-TLV element with a minimal length. */
  public ByteWriter tlv(int tag, byte[] value) {
    return bytes(Tlv.header(tag, value.length)).bytes(value);
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  private ByteWriter number(long value, int length) {
    if (value < 0 || value >>> (8 * length) != 0) {
      throw new IllegalArgumentException(value + " does not fit " + length + " bytes");
    }
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  private static int digit(char character) {
    if (character < '0' || character > '9') {
      throw new IllegalArgumentException("not a decimal digit");
    }
    return character - '0';
  }
}
