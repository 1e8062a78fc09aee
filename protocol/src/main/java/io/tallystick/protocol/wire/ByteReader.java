package io.tallystick.protocol.wire;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads big-endian fields from a bounded range and names each one, so that a failure says which
 * field it was and a {@link FieldTrace} can take the input apart. Reading past the end throws
 * {@link MalformedException}. Not safe for use by several threads.
 */
public final class ByteReader {
  private final byte[] input;
  private final int end;
  private final String path;
  private final @Nullable FieldTrace trace;
  private int position;

  private ByteReader(byte[] input, int position, int end, String path, @Nullable FieldTrace trace) {
    this.input = input;
    this.position = position;
    this.end = end;
    this.path = path;
    this.trace = trace;
  }

  /** A reader over a copy of {@code input}. */
  public static ByteReader of(byte[] input) {
    return new ByteReader(input.clone(), 0, input.length, "", null);
  }

  /** A reader over a copy of {@code input} that records every field it reads in {@code trace}. */
  public static ByteReader of(byte[] input, FieldTrace trace) {
    return new ByteReader(
        input.clone(), 0, input.length, "", requireNonNull(trace, "trace is null"));
  }

  /** Bytes left in this reader's range. */
  public int remaining() {
    return end - position;
  }

  /** The next byte without reading it, or -1 at the end. */
  public int peek() {
    return position < end ? input[position] & 0xFF : -1;
  }

  public int u8(String field) {
    return (int) number(1, field);
  }

  public int u16(String field) {
    return (int) number(2, field);
  }

  public int u24(String field) {
    return (int) number(3, field);
  }

  public long u32(String field) {
    return number(4, field);
  }

  /** Eight bytes, two's complement. */
  public long i64(String field) {
    return number(8, field);
  }

  /** Reads one byte that can only have one value. */
  public void expect(int value, String field) {
    if (u8(field) != value) {
      throw new MalformedException(field, "is not 0x%02x".formatted(value));
    }
  }

  /** Reads {@code length} bytes that can only have one value. */
  public void expect(long value, int length, String field) {
    if (number(length, field) != value) {
      throw new MalformedException(field, "is not what it always is");
    }
    explain("");
  }

  /** Reads {@code length} bytes. */
  public byte[] bytes(int length, String field) {
    int start = take(length, field);
    byte[] read = new byte[length];
    System.arraycopy(input, start, read, 0, length);
    return read;
  }

  /** A count or length that is at most {@code limit}. */
  public int bounded(long value, int limit, String field) {
    if (value > limit) {
      throw new MalformedException(field, "is larger than " + limit);
    }
    return (int) value;
  }

  /** Binary coded decimal digits, two in a byte. */
  public String bcd(int length, String field) {
    int start = take(length, field);
    StringBuilder digits = new StringBuilder(2 * length);
    for (int i = start; i < start + length; i++) {
      int high = (input[i] >> 4) & 0xF;
      int low = input[i] & 0xF;
      if (high > 9 || low > 9) {
        throw new MalformedException(field, "is not binary coded decimal");
      }
      digits.append((char) ('0' + high)).append((char) ('0' + low));
    }
    return digits.toString();
  }

  /** Printable ASCII, padded on the right with spaces to {@code length}; the padding is dropped. */
  public String paddedAscii(int length, String field) {
    byte[] read = bytes(length, field);
    int used = length;
    while (used > 0 && read[used - 1] == ' ') {
      used--;
    }
    for (int i = 0; i < used; i++) {
      if (read[i] < 0x20 || read[i] > 0x7E) {
        throw new MalformedException(field, "is not printable ASCII");
      }
    }
    return new String(read, 0, used, StandardCharsets.US_ASCII);
  }

  /** A reader over the next {@code length} bytes, which are skipped here. */
  public ByteReader nested(int length, String field) {
    return range(length, path.isEmpty() ? field : path + "/" + field, field);
  }

  /** The same for a range that is one field of this structure and none of its own. */
  ByteReader slice(int length, String field) {
    return range(length, path, field);
  }

  private ByteReader range(int length, String inner, String field) {
    if (length < 0 || length > remaining()) {
      throw truncated(field);
    }
    ByteReader range = new ByteReader(input, position, position + length, inner, trace);
    position += length;
    return range;
  }

  int position() {
    return position;
  }

  /** Shows the tag and length read since {@code start} as one field. */
  void mergeHeader(int start, String field, int tag, int length) {
    if (trace != null) {
      String meaning = "tag " + Integer.toHexString(tag) + ", length " + length;
      trace.merge(path, start, input, position - start, field, meaning);
    }
  }

  /**
   * A value built from what was just read, its meaning recorded in the trace.
   *
   * @throws MalformedException when the value's own validation refuses
   */
  public <T> T value(String field, Supplier<T> factory) {
    T value;
    try {
      value = factory.get();
    } catch (IllegalArgumentException refused) {
      throw new MalformedException(field, "is not a valid value");
    }
    explain(value);
    return value;
  }

  /** Records the meaning of the field just read; does nothing without a trace. */
  public void explain(Object meaning) {
    if (trace != null) {
      trace.explainLast(meaning.toString());
    }
  }

  /** Requires that nothing is left in this reader's range. */
  public void finish(String structure) {
    if (position != end) {
      throw new MalformedException(structure, "has " + (end - position) + " bytes too many");
    }
  }

  private long number(int length, String field) {
    int start = take(length, field);
    long value = 0;
    for (int i = start; i < start + length; i++) {
      value = value << 8 | (input[i] & 0xFF);
    }
    if (trace != null) {
      trace.explainLast(Long.toString(value));
    }
    return value;
  }

  private int take(int length, String field) {
    if (length < 0 || length > end - position) {
      throw truncated(field);
    }
    int start = position;
    position += length;
    if (trace != null) {
      trace.add(path, start, input, length, field);
    }
    return start;
  }

  private static MalformedException truncated(String field) {
    return new MalformedException(field, "ends too early");
  }
}
