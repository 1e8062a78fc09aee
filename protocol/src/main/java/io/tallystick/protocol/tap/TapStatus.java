package io.tallystick.protocol.tap;

/**
 * What the verification of a tap token found, in the order of the guards. Signatures come first, so
 * that no later status rests on a statement nobody signed.
 */
public enum TapStatus {
  /** Every guard passed. */
  GOOD,
  /** The issuer certificate is not signed by the trusted root. */
  ROOT_SIGNATURE,
  /** The issuer certificate is not among those accepted. */
  ISSUER_NOT_ACCEPTED,
  /** The issuer certificate had ended at the time of the tap. */
  ISSUER_EXPIRED,
  /** The authorisation names another issuer than the certificate. */
  ISSUER_NUMBER_MISMATCH,
  /** The authorisation is not signed by the issuer. */
  AUTHORISATION_SIGNATURE,
  /** The authorisation had ended at the time of the tap. */
  AUTHORISATION_EXPIRED,
  /** The token is not signed by the authorised device. */
  DEVICE_SIGNATURE,
  /** The token is made out to another merchant. */
  MERCHANT_MISMATCH,
  /** The token is made out to another terminal. */
  TERMINAL_MISMATCH,
  /** The token is over another amount or currency. */
  AMOUNT_MISMATCH,
  /** The token answers another request. */
  NONCE_MISMATCH,
  /** The token witnesses another terminal log head than the one sent. */
  TERMINAL_HEAD_MISMATCH,
  /** The device is on the deny list. */
  DEVICE_DENIED,
  /** The counter is not after the last one seen. */
  COUNTER_REPLAYED,
  /** The token was created later than now, beyond the clock skew allowed. */
  CREATED_IN_FUTURE,
  /** The token's validity is over (at a terminal). */
  EXPIRED,
  /** The token is older than taps may be when they are uploaded. */
  TOO_OLD,
  /** The token's currency is not the authorisation's. */
  CURRENCY_UNSUPPORTED,
  /** The amount is above the largest single amount authorised. */
  SINGLE_AMOUNT_EXCEEDED,
  /** More taps since the device was online than authorised. */
  TAP_COUNT_EXCEEDED,
  /** The allowance left is more than the allowance minus this amount. */
  ALLOWANCE_MISSTATED,
  /** Signed with the phone off without being allowed to. */
  POWERED_OFF_NOT_ALLOWED,
  /** The amount is above the terminal's floor limit. */
  FLOOR_LIMIT_EXCEEDED,
  /** The hold does not cover the tap and the terminal does not take the risk. */
  AT_RISK_REFUSED
}
