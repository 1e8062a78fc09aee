package io.tallystick.sandbox.platform;

/// Told what the platform is doing while it starts and stops, for a person who waits.
@FunctionalInterface
public interface Progress {
  /// Something began or ended; one line, no newline.
  void report(String line);
}
