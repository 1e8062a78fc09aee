package io.tallystick.verify.guess;

/// Wrong codes counted under one key.
///
/// @param current in the current window
/// @param previous in the window before it
public record WrongCodes(long current, long previous) {
  public static final WrongCodes NONE = new WrongCodes(0, 0);

  public WrongCodes {
    if (current < 0 || previous < 0) {
      throw new IllegalArgumentException("counts are negative: " + current + ", " + previous);
    }
  }

  public long total() {
    return current + previous;
  }
}
