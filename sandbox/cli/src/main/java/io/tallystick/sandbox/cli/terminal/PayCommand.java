package io.tallystick.sandbox.cli.terminal;

import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.AmountOption;
import io.tallystick.sdk.terminal.platform.OrderState;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A code payment.
@Command(
    name = "pay",
    mixinStandardHelpOptions = true,
    description = {
      "Pays with a payer's code. A lost answer is asked for by the order id; the same order id never pays twice.",
      "Exit status: 0 paid or waiting for the payer, 1 declined, 3 nothing is certain: query later."
    })
final class PayCommand extends SdkCommand {
  @Mixin private OnlineTerminal online;
  @Mixin private AmountOption amount;
  @Mixin private OutputOptions output;

  @Option(
      names = "--code",
      required = true,
      paramLabel = "DIGITS",
      description = "Twenty digits as scanned.")
  private String code;

  @Option(
      names = "--order",
      paramLabel = "ID",
      description = "The merchant's order id (default: a new one).")
  private @Nullable String order;

  @Override
  protected int run() {
    String orderId = order != null ? order : "order-" + UUID.randomUUID();
    try (OnlineTerminal.Session session = online.open()) {
      long began = System.nanoTime();
      OrderState state = session.payments().pay(orderId, code, amount.money());
      return OrderText.print(output, orderId, state, Duration.ofNanos(System.nanoTime() - began));
    }
  }
}
