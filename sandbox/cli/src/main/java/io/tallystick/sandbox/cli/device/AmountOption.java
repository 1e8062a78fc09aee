package io.tallystick.sandbox.cli.device;

import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.CommandFailure;
import picocli.CommandLine.Option;

/// How much. A picocli mixin.
public final class AmountOption {
  @Option(names = "--amount", required = true, description = "For example 12.50.")
  private String amount;

  @Option(
      names = "--currency",
      defaultValue = "CNY",
      description = "ISO 4217 code (default: ${DEFAULT-VALUE}).")
  private String currency;

  /// The amount.
  public Money money() {
    var parsed = Amounts.parse(amount, currency);
    try {
      return Money.of(parsed.getAmountMinor(), parsed.getCurrency());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(e);
    }
  }
}
