package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.verify.guess.GuessVerdict;
import java.util.List;

/// What the verify transaction made of a presentation.
public sealed interface Presented {
  /// A new order, this caller's to take on; already declined when its code was no good.
  record Fresh(CodeOrder order) implements Presented {
    public Fresh {
      requireNonNull(order, "order is null");
    }
  }

  /// The order was there with the same body.
  record Known(CodeOrder order) implements Presented {
    public Known {
      requireNonNull(order, "order is null");
    }
  }

  /// The order was there with another body.
  ///
  /// @param fields that differ
  record Differs(List<String> fields) implements Presented {
    public Differs {
      fields = List.copyOf(fields);
    }
  }

  /// Too many wrong codes from this terminal or merchant: nothing was recorded or consumed.
  record TurnedAway(GuessVerdict.TurnedAway verdict) implements Presented {
    public TurnedAway {
      requireNonNull(verdict, "verdict is null");
    }
  }
}
