package io.tallystick.verify.code;

import io.tallystick.api.common.v1.Reason;
import java.util.List;

/// What risk-service says of a code payment before it is made.
public sealed interface Assessment {
  /// Nothing stands against it.
  record Clear() implements Assessment {}

  /// The payer must pass a challenge first.
  ///
  /// @param reasons for the payer and the auditor
  record StepUp(List<Reason> reasons) implements Assessment {
    public StepUp {
      reasons = List.copyOf(reasons);
    }
  }

  /// Not to be paid.
  record Refuse(List<Reason> reasons) implements Assessment {
    public Refuse {
      reasons = List.copyOf(reasons);
    }
  }
}
