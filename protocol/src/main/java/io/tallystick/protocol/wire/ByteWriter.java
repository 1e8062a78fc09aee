package io.tallystick.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes big-endian fields. A value that does not fit its field is a caller's error and throws
 * {@link IllegalArgumentException}: values are validated where they are made. Not safe for use by
 * several threads.
 */
public final class ByteWriter {
  /** Most formats fit. */
  private static final int FIRST_CAPACITY = 512;

  private byte[] out = new byte[FIRST_CAPACITY];
  private int length;

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
    return bigEndian(value, Long.BYTES);
  }

  public ByteWriter bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, out, length, value.length);
    length += value.length;
    return this;
  }

  /** Decimal digits, two in a byte. */
  public ByteWriter bcd(String digits, int size) {
    if (digits.length() != 2 * size) {
      throw new IllegalArgumentException(
          "digits is " + digits.length() + " long instead of " + 2 * size);
    }
    reserve(size);
    for (int i = 0; i < digits.length(); i += 2) {
      out[length++] = (byte) (digit(digits.charAt(i)) << 4 | digit(digits.charAt(i + 1)));
    }
    return this;
  }

  /** A number as decimal digits, two in a byte, zero-padded on the left. */
  public ByteWriter bcd(long value, int size) {
    if (value < 0) {
      throw new IllegalArgumentException("value is negative: " + value);
    }
    String digits = Long.toString(value);
    return bcd("0".repeat(Math.max(0, 2 * size - digits.length())) + digits, size);
  }

  /** ASCII text, padded with spaces on the right. */
  public ByteWriter paddedAscii(String text, int size) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length > size) {
      throw new IllegalArgumentException("text is longer than " + size);
    }
    byte[] padded = Arrays.copyOf(ascii, size);
    Arrays.fill(padded, ascii.length, size, (byte) ' ');
    return bytes(padded);
  }

  /** One BER-TLV element with a minimal length. */
  public ByteWriter tlv(int tag, byte[] value) {
    return bytes(Tlv.header(tag, value.length)).bytes(value);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(out, length);
  }

  private ByteWriter number(long value, int size) {
    if (value < 0 || value >>> (8 * size) != 0) {
      throw new IllegalArgumentException(value + " does not fit " + size + " bytes");
    }
    return bigEndian(value, size);
  }

  private ByteWriter bigEndian(long value, int size) {
    reserve(size);
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      out[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int more) {
    if (more > out.length - length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, Math.addExact(length, more)));
    }
  }

  private static int digit(char character) {
    if (character < '0' || character > '9') {
      throw new IllegalArgumentException("not a decimal digit");
    }
    return character - '0';
  }
}
