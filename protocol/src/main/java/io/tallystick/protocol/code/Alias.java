package io.tallystick.protocol.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * Ten random digits that find a seed and change whenever the seed is renewed.
 *
 * @param digits exactly ten decimal digits
 */
public record Alias(String digits) {
  public static final int LENGTH = 10;

  private static final long VALUES = 10_000_000_000L;

  public Alias {
    requireNonNull(digits, "digits is null");
    if (!digits.matches("[0-9]{10}")) {
      throw new IllegalArgumentException("alias is not ten decimal digits");
    }
  }

  /** A random one; the caller sees to it that no other live seed has it. */
  public static Alias generate(SecureRandom random) {
    return new Alias(String.format(Locale.ROOT, "%010d", random.nextLong(VALUES)));
  }

  public static Alias parse(String digits) {
    if (!digits.matches("[0-9]{10}")) {
      throw new MalformedException("alias", "is not ten decimal digits");
    }
    return new Alias(digits);
  }

  @Override
  public String toString() {
    return digits;
  }
}
