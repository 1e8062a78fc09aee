package io.tallystick.sandbox.story;

import org.jspecify.annotations.Nullable;

/// A step did not do what it says.
public final class StoryFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoryFailure(String message) {
    super(message);
  }

  /// Fails unless `condition` holds.
  public static void unless(boolean condition, String message) {
    if (!condition) {
      throw new StoryFailure(message);
    }
  }

  /// The value, which has to be there.
  public static <T> T unlessPresent(@Nullable T value, String message) {
    if (value == null) {
      throw new StoryFailure(message);
    }
    return value;
  }

  /// Fails unless both are equal.
  public static void unlessEqual(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new StoryFailure(what + " is " + actual + ", not " + expected);
    }
  }
}
