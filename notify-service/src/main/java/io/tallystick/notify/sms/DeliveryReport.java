package io.tallystick.notify.sms;

import static java.util.Objects.requireNonNull;

/// A delivery receipt: what became of one part.
///
/// @param centreMessageId what the centre calls it
/// @param state `DELIVRD`, `EXPIRED`, `DELETED`, `UNDELIV`, `ACCEPTD`, `UNKNOWN` or `REJECTD`
/// @param error the network's error code
public record DeliveryReport(String centreMessageId, String state, String error) {
  public DeliveryReport {
    requireNonNull(centreMessageId, "centreMessageId is null");
    requireNonNull(state, "state is null");
    requireNonNull(error, "error is null");
  }

  public boolean delivered() {
    return state.equals("DELIVRD");
  }

  /// Whether the part will never arrive.
  public boolean failed() {
    return switch (state) {
      case "EXPIRED", "DELETED", "UNDELIV", "REJECTD" -> true;
      default -> false;
    };
  }
}
