package io.tallystick.protocol.tap;

/** Why a tap ended without a token. */
public enum TapFailure {
  /** The card has no application of ours. */
  NO_APPLICATION,
  /** The wallet refused, with a {@link TapRefusal} when its status word has one. */
  WALLET_REFUSED,
  /** The card's answer was none this protocol knows. */
  MALFORMED_ANSWER,
  /** The card sent more than a token can be. */
  ANSWER_TOO_LONG,
  /** The card was taken away before the token was whole. */
  CONNECTION_LOST
}
