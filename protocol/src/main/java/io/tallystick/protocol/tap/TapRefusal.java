package io.tallystick.protocol.tap;

import java.util.Optional;

/** Why a wallet does not sign, as the terminal may know it, with its proprietary status word. */
public enum TapRefusal {
  /** The phone is locked or the payer has not agreed. */
  USER_NOT_PRESENT(0x9401),
  /** There is no authorisation that is still good. */
  NOT_AUTHORISED(0x9402),
  /** The amount is above the largest single amount. */
  AMOUNT_TOO_LARGE(0x9403),
  /** Too many taps since the phone was online. */
  GO_ONLINE(0x9404),
  /** The currency is not the authorisation's. */
  CURRENCY_UNSUPPORTED(0x9405),
  /** The wallet could not store its half, and so signed nothing. */
  NOT_STORED(0x9406);

  private final int statusWord;

  TapRefusal(int statusWord) {
    this.statusWord = statusWord;
  }

  public int statusWord() {
    return statusWord;
  }

  /** The refusal of a status word. */
  public static Optional<TapRefusal> of(int statusWord) {
    for (TapRefusal refusal : values()) {
      if (refusal.statusWord == statusWord) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
