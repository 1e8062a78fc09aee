package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// The parts of a platform that were started so far; they stop in the opposite order. A stop that
/// is asked for while one starts waits until it has, and then stops it too.
final class StartedParts implements AutoCloseable {
  private final Progress progress;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean stopped;

  StartedParts(Progress progress) {
    this.progress = progress;
  }

  /// How a part is started.
  @FunctionalInterface
  interface Start<T> {
    T start() throws IOException;
  }

  /// What needs the parts.
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /// Starts a part and tells how long it took.
  ///
  /// @throws IOException also when a stop was asked for
  <T extends AutoCloseable> T start(String name, Start<T> start) throws IOException {
    long begun = System.nanoTime();
    T part = start(start);
    progress.report("%s started in %.1f s".formatted(name, (System.nanoTime() - begun) / 1e9));
    return part;
  }

  /// Starts a part that is not worth a word.
  ///
  /// @throws IOException also when a stop was asked for
  synchronized <T extends AutoCloseable> T start(Start<T> start) throws IOException {
    requireNotStopped();
    T part = start.start();
    parts.push(part);
    return part;
  }

  /// Does what no stop may overlap.
  ///
  /// @throws IOException also when a stop was asked for
  synchronized void use(Work work) throws IOException {
    requireNotStopped();
    work.run();
  }

  /// As [#use], but nothing once a stop was asked for.
  synchronized void useUnlessStopped(Work work) throws IOException {
    if (!stopped) {
      work.run();
    }
  }

  /// Stops every part; what fails to stop is told of and keeps none from it.
  @Override
  public synchronized void close() {
    stopped = true;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) { // AutoCloseable's; the rest has to be stopped all the same.
        progress.report("stopping: " + e.getMessage());
      }
    }
  }

  private void requireNotStopped() throws IOException {
    if (stopped) {
      throw new IOException("stopped while starting");
    }
  }
}
