package io.tallystick.seed.password;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/// A payment password as someone typed it. It never prints itself.
///
/// @param text 1 to 64 printable ASCII characters; whether it may be *set* is [#isWeak()]'s matter
public record PaymentPassword(String text) {
  public static final int MIN_LENGTH = 6;
  public static final int MAX_LENGTH = 64;

  public PaymentPassword {
    requireNonNull(text, "text is null");
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("payment password is not 1 to 64 printable characters");
    }
  }

  public static boolean isWellFormed(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(character -> character >= 0x20 && character < 0x7F);
  }

  /// Too short, or digits that are all the same, rise by one or fall by one.
  public boolean isWeak() {
    return text.length() < MIN_LENGTH || hasConstantStep();
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private boolean hasConstantStep() {
    if (!text.chars().allMatch(character -> character >= '0' && character <= '9')) {
      return text.chars().distinct().count() == 1;
    }
    int step = text.charAt(1) - text.charAt(0);
    if (Math.abs(step) > 1) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) - text.charAt(i - 1) != step) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "PaymentPassword[not shown]";
  }
}
