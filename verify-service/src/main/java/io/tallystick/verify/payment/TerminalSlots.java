package io.tallystick.verify.payment;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.verify.terminal.Terminal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Bounds the presentations of one terminal that are in flight here.
final class TerminalSlots {
  private final ConcurrentMap<String, Integer> inFlight = new ConcurrentHashMap<>();
  private final int most;

  TerminalSlots(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most is below 1: " + most);
    }
    this.most = most;
  }

  Slot take(Terminal terminal) {
    String name = terminal.merchant().value() + "/" + terminal.id().value();
    int now = inFlight.merge(name, 1, Integer::sum);
    Slot slot = new Slot(name);
    if (now > most) {
      slot.close();
      throw ApiErrors.resourceExhausted(
          "TOO_MANY_IN_FLIGHT", "this terminal has " + most + " payments in flight already");
    }
    return slot;
  }

  /// Given back by closing.
  final class Slot implements AutoCloseable {
    private final String name;

    private Slot(String name) {
      this.name = name;
    }

    @Override
    public void close() {
      inFlight.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    }
  }
}
