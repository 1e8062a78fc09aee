package io.tallystick.protocol.model;

import io.tallystick.protocol.wire.ByteReader;

/**
 * Which of a device's successive keys and seeds an authorisation belongs to.
 *
 * @param value 0 to 65535, one more at each renewal
 */
public record KeyEpoch(int value) implements Comparable<KeyEpoch> {
  public static final int LENGTH = 2;

  public KeyEpoch {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("key epoch is out of range: " + value);
    }
  }

  public static KeyEpoch of(int value) {
    return new KeyEpoch(value);
  }

  public static KeyEpoch read(ByteReader in, String field) {
    return new KeyEpoch(in.u16(field));
  }

  public KeyEpoch next() {
    return new KeyEpoch(value + 1);
  }

  @Override
  public int compareTo(KeyEpoch other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
