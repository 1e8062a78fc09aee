package io.tallystick.sandbox.platform;

import java.util.List;
import java.util.OptionalInt;
import sun.misc.Signal;

/// Ctrl-C and its like. What has to stop stops before the virtual machine begins to end: shutdown
/// hooks run in no order, and those of a store's library would take the store from services that
/// are still stopping.
final class StopSignals {
  private static final int SIGNALLED = 128;

  private static volatile int received;

  private StopSignals() {}

  /// The exit status of a process that such a signal ends, once one has come.
  static OptionalInt exitStatus() {
    int signal = received;
    return signal == 0 ? OptionalInt.empty() : OptionalInt.of(SIGNALLED + signal);
  }

  /// Runs `stop` at the first of the signals that ask a process to end, and then ends it.
  static void run(Runnable stop) {
    for (String name : List.of("INT", "TERM", "HUP")) {
      try {
        Signal.handle(
            new Signal(name),
            signal -> {
              received = signal.getNumber();
              stop.run();
              Runtime.getRuntime().exit(SIGNALLED + signal.getNumber());
            });
      } catch (IllegalArgumentException unknownHere) {
        // Another operating system; the shutdown hook is left.
      }
    }
  }
}
