package io.tallystick.protocol.model;

import io.tallystick.protocol.wire.ByteReader;

/**
 * A device's tap counter. It starts at 1, never repeats and never goes back.
 *
 * @param value an unsigned 32-bit number
 */
public record Counter(long value) implements Comparable<Counter> {
  public static final int LENGTH = 4;
  public static final long MAX_VALUE = 0xFFFF_FFFFL;

  public Counter {
    if (value < 0 || value > MAX_VALUE) {
      throw new IllegalArgumentException("counter is out of range: " + value);
    }
  }

  public static Counter of(long value) {
    return new Counter(value);
  }

  public static Counter read(ByteReader in, String field) {
    return new Counter(in.u32(field));
  }

  /**
   * The next one.
   *
   * @throws IllegalArgumentException when the counter is used up and the device has to be replaced
   */
  public Counter next() {
    return new Counter(value + 1);
  }

  public boolean isAfter(Counter other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Counter other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
