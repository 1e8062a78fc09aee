package io.tallystick.protocol.code;

import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;

/**
 * The dynamic password of GM/T 0021-2012 (GB/T 38556-2020) with SM3: {@code S = SM3(K ‖ ID)},
 * {@code ID = T(8) ‖ C(4) ‖ Q} padded with zeros to at least 16 bytes; the password is the sum of
 * S's eight 32-bit words mod 2³², mod 10 to the number of digits.
 */
public final class DynamicPassword {
  /** Shortest and longest password. */
  public static final int MIN_DIGITS = 6;

  public static final int MAX_DIGITS = 8;

  /** Shortest key, as the standard asks: 128 bits. */
  public static final int MIN_KEY_LENGTH = 16;

  private static final int MAX_INPUT_LENGTH = 64;
  private static final int MIN_ID_LENGTH = 16;
  private static final int[] POWERS = {1_000_000, 10_000_000, 100_000_000};

  private DynamicPassword() {}

  /**
   * @param key K, 16 to 64 bytes
   * @param time T as it is used, 8 bytes
   * @param counter C, an unsigned 32-bit number
   * @param challenge Q, 0 to 64 bytes
   * @param digits 6 to 8
   * @return the password with leading zeros
   */
  public static String compute(byte[] key, long time, long counter, byte[] challenge, int digits) {
    int password = computeNumber(key, time, counter, challenge, digits);
    String text = Integer.toString(password);
    return "0".repeat(digits - text.length()) + text;
  }

  static int computeNumber(byte[] key, long time, long counter, byte[] challenge, int digits) {
    if (key.length < MIN_KEY_LENGTH || key.length > MAX_INPUT_LENGTH) {
      throw new IllegalArgumentException("key is " + key.length + " bytes, not 16 to 64");
    }
    if (challenge.length > MAX_INPUT_LENGTH) {
      throw new IllegalArgumentException("challenge is longer than 64: " + challenge.length);
    }
    if (digits < MIN_DIGITS || digits > MAX_DIGITS) {
      throw new IllegalArgumentException("digits is not 6 to 8: " + digits);
    }
    ByteWriter id = new ByteWriter().i64(time).u32(counter).bytes(challenge);
    id.bytes(new byte[Math.max(0, MIN_ID_LENGTH - 12 - challenge.length)]);
    ByteReader words = ByteReader.of(Sm3.hash(key, id.toByteArray()).bytes());
    long sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += words.u32("word");
    }
    return (int) ((sum & 0xFFFF_FFFFL) % POWERS[digits - MIN_DIGITS]);
  }
}
