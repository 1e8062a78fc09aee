package io.tallystick.risk.decision;

import static java.util.Objects.requireNonNull;

/// What asking for a payment's score came to.
public sealed interface Scored {
  Decision decision();

  /// Decided now.
  record Fresh(Decision decision) implements Scored {
    public Fresh {
      requireNonNull(decision, "decision is null");
    }
  }

  /// Decided before; nothing was changed.
  record Known(Decision decision) implements Scored {
    public Known {
      requireNonNull(decision, "decision is null");
    }
  }
}
