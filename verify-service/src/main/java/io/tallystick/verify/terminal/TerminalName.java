package io.tallystick.verify.terminal;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;

/// A terminal of a merchant.
public record TerminalName(MerchantId merchant, TerminalId terminal) {
  public TerminalName {
    requireNonNull(merchant, "merchant is null");
    requireNonNull(terminal, "terminal is null");
  }
}
