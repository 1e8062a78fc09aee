package io.tallystick.protocol.tap;

/** What the verification of a receipt against its token found, in the order of the guards. */
public enum ReceiptStatus {
  GOOD,
  /** The terminal's key is not the registered one. */
  KEY_MISMATCH,
  /** The receipt is not signed by the key it names. */
  SIGNATURE,
  /** The receipt is for a token with another serial. */
  SERIAL_MISMATCH,
  /** The receipt is for another token. */
  TOKEN_MISMATCH,
  /** The receipt is over another amount than the token. */
  AMOUNT_MISMATCH,
  /** The receipt is another merchant's. */
  MERCHANT_MISMATCH,
  /** The receipt is another terminal's. */
  TERMINAL_MISMATCH,
  /** The terminal's head does not follow from the head it sent and this token. */
  HEAD_MISMATCH
}
