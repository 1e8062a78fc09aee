package io.tallystick.protocol.tap;

import java.util.Arrays;

/** What a terminal's reader does next. */
public sealed interface TapStep {
  /** Transmit these bytes and hand the response to {@link TapReader#next}. */
  final class Send implements TapStep {
    private final byte[] apdu;

    Send(ApduCommand command) {
      this.apdu = command.encode();
    }

    public byte[] apdu() {
      return apdu.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Send that && Arrays.equals(apdu, that.apdu);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(apdu);
    }

    @Override
    public String toString() {
      return "Send[" + apdu.length + " bytes]";
    }
  }

  /**
   * The terminal has the token and has decided.
   *
   * @param token the wallet signed
   * @param receipt the terminal signed
   * @param receiptDelivered whether the wallet said that it keeps the receipt
   */
  record Finished(TapToken token, Receipt receipt, boolean receiptDelivered) implements TapStep {}

  /**
   * There is no token.
   *
   * @param failure why
   * @param statusWord of the card's last answer, 0 when there was none
   */
  record Failed(TapFailure failure, int statusWord) implements TapStep {}
}
