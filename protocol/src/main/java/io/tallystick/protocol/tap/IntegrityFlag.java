package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;
import java.util.EnumSet;
import java.util.Set;

/** What the wallet noticed about the phone; the ordinal is the bit on the wire. */
public enum IntegrityFlag {
  ROOTED,
  DEBUGGER_ATTACHED,
  EMULATOR,
  CODE_HOOKED,
  ATTESTATION_FAILED,
  CLOCK_CHANGED;

  static Set<IntegrityFlag> read(ByteReader in) {
    int bits = in.u8("integrity flags");
    if (bits >> values().length != 0) {
      throw new MalformedException("integrity flags", "has unknown bits set");
    }
    Set<IntegrityFlag> flags = EnumSet.noneOf(IntegrityFlag.class);
    for (IntegrityFlag flag : values()) {
      if ((bits >> flag.ordinal() & 1) == 1) {
        flags.add(flag);
      }
    }
    in.explain(flags);
    return flags;
  }

  static int bits(Set<IntegrityFlag> flags) {
    int bits = 0;
    for (IntegrityFlag flag : flags) {
      bits |= 1 << flag.ordinal();
    }
    return bits;
  }
}
