package io.tallystick.protocol.crypto;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** An SM2 signature, raw {@code r‖s}, each number from 1 to n−1. No other encoding is accepted. */
public final class Sm2Signature {
  /** Length of a signature. */
  public static final int LENGTH = 64;

  private final byte[] bytes;

  private Sm2Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * From 64 bytes.
   *
   * @throws MalformedException when r or s is out of range
   */
  public static Sm2Signature of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new MalformedException("signature", "is not 64 bytes");
    }
    requireInRange(bytes, 0, "signature r");
    requireInRange(bytes, LENGTH / 2, "signature s");
    return new Sm2Signature(bytes.clone());
  }

  public static Sm2Signature read(ByteReader in, String field) {
    byte[] bytes = in.bytes(LENGTH, field);
    try {
      return of(bytes);
    } catch (MalformedException refused) {
      throw new MalformedException(field, "is out of range");
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sm2Signature that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static void requireInRange(byte[] bytes, int from, String field) {
    BigInteger number = new BigInteger(1, bytes, from, LENGTH / 2);
    if (number.signum() == 0 || number.compareTo(Sm2.N) >= 0) {
      throw new MalformedException(field, "is out of range");
    }
  }
}
