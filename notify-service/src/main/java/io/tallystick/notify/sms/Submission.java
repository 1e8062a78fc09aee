package io.tallystick.notify.sms;

import java.util.List;

/// What came of handing a message to the SMS centre.
public sealed interface Submission {
  /// The centre has every part.
  ///
  /// @param centreMessageIds what it calls each part
  record Accepted(List<String> centreMessageIds) implements Submission {
    public Accepted {
      centreMessageIds = List.copyOf(centreMessageIds);
    }
  }

  /// Not now: no connection, no answer, or the centre asks for patience. It may have been sent.
  record Later(String error) implements Submission {}

  /// The centre will never take it.
  record Refused(String error) implements Submission {}
}
