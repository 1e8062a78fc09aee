package io.tallystick.sdk.terminal.tap;

import java.io.IOException;

/** The radio: transmits a command APDU to whatever is held to the reader. */
@FunctionalInterface
public interface CardChannel {
  /**
   * @return the response APDU
   * @throws IOException when the card has gone
   */
  byte[] transmit(byte[] apdu) throws IOException;
}
