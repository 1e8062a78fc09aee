package io.tallystick.sandbox.story;

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

  /// Fails unless both are equal.
  public static void unlessEqual(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new StoryFailure(what + " is " + actual + ", not " + expected);
    }
  }
}
