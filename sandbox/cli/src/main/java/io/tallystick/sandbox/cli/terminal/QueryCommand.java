package io.tallystick.sandbox.cli.terminal;

import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.terminal.platform.OrderState;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What became of an order.
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description =
        "What became of an order. Exit status: 0 paid or pending, 1 declined, closed, reversed or unknown.")
final class QueryCommand extends SdkCommand {
  @Mixin private OnlineTerminal online;
  @Mixin private OutputOptions output;

  @Option(
      names = "--order",
      required = true,
      paramLabel = "ID",
      description = "The merchant's order id.")
  private String orderId;

  @Override
  protected int run() {
    try (OnlineTerminal.Session session = online.open()) {
      long began = System.nanoTime();
      OrderState state = session.payments().query(orderId);
      return OrderText.print(output, orderId, state, Duration.ofNanos(System.nanoTime() - began));
    }
  }
}
