package io.tallystick.verify.tap;

import io.tallystick.protocol.tap.ReceiptStatus;
import io.tallystick.protocol.tap.TapStatus;
import java.util.Locale;

/// The guards a half can fail, in their order, beside those of the token
/// ([io.tallystick.protocol.tap.TapStatus]) and of the receipt
/// ([io.tallystick.protocol.tap.ReceiptStatus]).
public enum HalfRefusal {
  TOO_LONG("The half is longer than a half can be."),
  MALFORMED("The bytes are not a half."),
  WRONG_SIDE("This half is for the other side to upload."),
  NOT_YOUR_TERMINAL("The token is made out to another terminal than the caller."),
  TERMINAL_UNKNOWN("The token is made out to a terminal that is not registered."),
  DEVICE_UNKNOWN("No such device was ever enrolled."),
  NOT_YOUR_DEVICE("The device is not the caller's."),
  RECEIPT_MISSING("A terminal's half has its receipt."),
  RECEIPT_TIME("The receipt's time is outside the token's validity."),
  REFUSED_AT_TERMINAL("The terminal refused this tap; it is not a payment."),
  LOG_POSITION("The log position does not follow from the token."),
  TERMINAL_RETIRED("The terminal was retired before this tap."),
  DEVICE_REVOKED("The device was revoked before this tap.");

  private final String explanation;

  HalfRefusal(String explanation) {
    this.explanation = explanation;
  }

  /// The stable name: the lower-case constant.
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }

  public HalfResult.Refused refused() {
    return new HalfResult.Refused(reason(), explanation);
  }

  public HalfResult.Refused refused(String detail) {
    return new HalfResult.Refused(reason(), detail);
  }

  /// A token's own guard, by the name of its status: `authorisation_signature`.
  static HalfResult.Refused of(TapStatus status) {
    return new HalfResult.Refused(
        status.name().toLowerCase(Locale.ROOT),
        switch (status) {
          case GOOD -> throw new IllegalArgumentException("a good token is not refused");
          case ROOT_SIGNATURE -> "The issuer certificate is not signed by the platform's root.";
          case ISSUER_NOT_ACCEPTED -> "The issuer certificate is not in use.";
          case ISSUER_EXPIRED -> "The issuer certificate had ended at the time of the tap.";
          case ISSUER_NUMBER_MISMATCH -> "The authorisation names another issuer.";
          case AUTHORISATION_SIGNATURE -> "The authorisation is not signed by its issuer.";
          case AUTHORISATION_EXPIRED -> "The authorisation had ended at the time of the tap.";
          case DEVICE_SIGNATURE -> "The token is not signed by its device.";
          case CREATED_IN_FUTURE -> "The token was created later than now.";
          case TOO_OLD -> "The tap is older than taps may be when they are uploaded.";
          case CURRENCY_UNSUPPORTED -> "The currency is not the authorisation's.";
          case SINGLE_AMOUNT_EXCEEDED -> "The amount is above the largest single amount.";
          case TAP_COUNT_EXCEEDED -> "More taps since the device was online than authorised.";
          case ALLOWANCE_MISSTATED -> "The allowance left is more than there can be.";
          case POWERED_OFF_NOT_ALLOWED -> "The device may not tap with the phone off.";
          case MERCHANT_MISMATCH,
              TERMINAL_MISMATCH,
              AMOUNT_MISMATCH,
              NONCE_MISMATCH,
              TERMINAL_HEAD_MISMATCH,
              DEVICE_DENIED,
              COUNTER_REPLAYED,
              EXPIRED,
              FLOOR_LIMIT_EXCEEDED,
              AT_RISK_REFUSED ->
              throw new IllegalArgumentException("not a guard of the platform: " + status);
        });
  }

  /// A receipt's guard: `receipt_signature`.
  static HalfResult.Refused of(ReceiptStatus status) {
    return new HalfResult.Refused(
        "receipt_" + status.name().toLowerCase(Locale.ROOT),
        switch (status) {
          case KEY_MISMATCH -> "The receipt's key is not one this terminal had at its time.";
          case SIGNATURE -> "The receipt is not signed by the terminal.";
          case SERIAL_MISMATCH -> "The receipt is for another serial.";
          case TOKEN_MISMATCH -> "The receipt is for another token.";
          case TERMINAL_MISMATCH -> "The receipt is another terminal's.";
          case HEAD_MISMATCH -> "The terminal's log head does not follow from the token.";
          case GOOD, AMOUNT_MISMATCH, MERCHANT_MISMATCH ->
              throw new IllegalArgumentException("a receipt is not refused for " + status);
        });
  }
}
