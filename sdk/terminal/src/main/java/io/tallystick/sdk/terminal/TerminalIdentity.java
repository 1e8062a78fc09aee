package io.tallystick.sdk.terminal;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;

/**
 * Who a terminal is.
 *
 * @param merchant it takes money for
 * @param terminal its name with that merchant
 * @param receiptKey signs its receipts
 * @param trustedRoot the platform's root key, installed with the terminal
 */
public record TerminalIdentity(
    MerchantId merchant, TerminalId terminal, Sm2PrivateKey receiptKey, Sm2PublicKey trustedRoot) {
  public TerminalIdentity {
    requireNonNull(merchant, "merchant is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(receiptKey, "receiptKey is null");
    requireNonNull(trustedRoot, "trustedRoot is null");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return merchant + "/" + terminal;
  }
}
