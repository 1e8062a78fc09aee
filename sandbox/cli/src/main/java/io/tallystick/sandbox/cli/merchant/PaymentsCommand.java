package io.tallystick.sandbox.cli.merchant;

import static io.tallystick.sandbox.cli.merchant.PlainJson.money;
import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Payments to a merchant.
@Command(
    name = "payments",
    mixinStandardHelpOptions = true,
    description = "Payments to the merchant, newest first.")
final class PaymentsCommand extends SdkCommand {
  @Mixin private StaffOptions staff;
  @Mixin private OutputOptions output;

  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "1 to 200 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  protected int run() {
    JsonElement page = staff.clearing().get(staff.path("/payments?limit=" + limit));
    output.print(
        PlainJson.of(page),
        out -> StaffOptions.items(page).forEach(payment -> print(out, payment)));
    return ExitStatus.OK;
  }

  private static void print(PrintStream out, JsonObject payment) {
    out.printf(
        "%s  %-12s %12s  %-8s %-14s %s  %s%n",
        text(payment, "occurredAt"),
        text(payment, "kind"),
        money(payment, "amount"),
        text(payment, "terminalId"),
        text(payment, "state"),
        text(payment, "paymentId"),
        text(payment, "orderId"));
  }
}
