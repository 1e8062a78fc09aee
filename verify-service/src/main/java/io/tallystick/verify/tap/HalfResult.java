package io.tallystick.verify.tap;

import static java.util.Objects.requireNonNull;

/// What became of an uploaded half; final in every case.
public sealed interface HalfResult {
  /// Durable.
  ///
  /// @param paymentId `tap_<serial>`
  /// @param isDuplicate it was here already
  record Accepted(String paymentId, boolean isDuplicate) implements HalfResult {
    public Accepted {
      requireNonNull(paymentId, "paymentId is null");
    }
  }

  /// Another token with this serial came first; this one is kept as evidence.
  record Conflict(String serial, String evidenceId) implements HalfResult {
    public Conflict {
      requireNonNull(serial, "serial is null");
      requireNonNull(evidenceId, "evidenceId is null");
    }
  }

  /// Not a half that can pay.
  ///
  /// @param reason stable name of the first guard that failed
  record Refused(String reason, String explanation) implements HalfResult {
    public Refused {
      requireNonNull(reason, "reason is null");
      requireNonNull(explanation, "explanation is null");
    }
  }
}
