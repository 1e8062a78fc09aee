package io.tallystick.protocol.tap;

/** A wallet's answer to a request. */
public sealed interface TapAnswer {
  /**
   * The wallet signed, and has stored its half.
   *
   * @param token that answers the request
   */
  record Signed(TapToken token) implements TapAnswer {}

  /**
   * The wallet does not sign.
   *
   * @param reason the terminal may know
   */
  record Refused(TapRefusal reason) implements TapAnswer {}
}
