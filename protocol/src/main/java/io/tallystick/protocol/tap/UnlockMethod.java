package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;

/** How the phone was unlocked before a tap; the ordinal is the byte on the wire. */
public enum UnlockMethod {
  UNKNOWN,
  NONE,
  PIN,
  PASSWORD,
  PATTERN,
  FINGERPRINT,
  FACE;

  static UnlockMethod read(ByteReader in) {
    int code = in.u8("unlock method");
    if (code >= values().length) {
      throw new MalformedException("unlock method", "is unknown");
    }
    in.explain(values()[code]);
    return values()[code];
  }
}
