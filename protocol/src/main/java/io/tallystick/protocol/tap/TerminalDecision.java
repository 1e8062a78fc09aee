package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;

/** What a terminal decided about a token; the ordinal is the byte on the wire. */
public enum TerminalDecision {
  REFUSED,
  ACCEPTED,
  ACCEPTED_AT_RISK;

  static TerminalDecision read(ByteReader in) {
    int code = in.u8("decision");
    if (code >= values().length) {
      throw new MalformedException("decision", "is unknown");
    }
    in.explain(values()[code]);
    return values()[code];
  }
}
