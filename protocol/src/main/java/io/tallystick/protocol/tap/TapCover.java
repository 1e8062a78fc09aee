package io.tallystick.protocol.tap;

/** Whether the money for a tap is there. */
public enum TapCover {
  /** The wallet says its hold covers the tap. */
  GUARANTEED,
  /** It says the hold does not; whoever accepts it does so at a risk. */
  AT_RISK
}
