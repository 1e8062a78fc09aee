package io.tallystick.protocol.tap;

/** How two tokens stand to each other. */
public enum TapRelation {
  /** Two serials: two taps. */
  UNRELATED,
  /** One serial, one body: the same tap, however it was signed or authorised. */
  SAME,
  /** One serial, two bodies: a double spend. */
  CONFLICT
}
