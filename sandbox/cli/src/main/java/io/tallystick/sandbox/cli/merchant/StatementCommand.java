package io.tallystick.sandbox.cli.merchant;

import static io.tallystick.sandbox.cli.merchant.PlainJson.money;
import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import java.io.PrintStream;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a merchant was paid out.
@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    description = "What the merchant was paid out, newest day first; or one day with its lines.")
final class StatementCommand extends SdkCommand {
  @Mixin private StaffOptions staff;
  @Mixin private OutputOptions output;

  @Option(names = "--day", paramLabel = "YYYY-MM-DD", description = "The lines of this day.")
  private @Nullable LocalDate day;

  @Override
  protected int run() {
    if (day == null) {
      JsonElement page = staff.clearing().get(staff.path("/statements"));
      output.print(
          PlainJson.of(page),
          out -> StaffOptions.items(page).forEach(statement -> print(out, statement)));
    } else {
      JsonElement page = staff.clearing().get(staff.path("/statements/" + day + "/lines"));
      output.print(
          PlainJson.of(page),
          out -> StaffOptions.items(page).forEach(line -> printLine(out, line)));
    }
    return ExitStatus.OK;
  }

  private static void print(PrintStream out, JsonObject statement) {
    out.printf(
        "%s  %s payments  gross %s, returned %s, paid out %s  settled %s%n",
        text(statement, "day"),
        text(statement, "paymentCount"),
        money(statement, "gross"),
        money(statement, "returned"),
        money(statement, "net"),
        text(statement, "settledAt"));
  }

  private static void printLine(PrintStream out, JsonObject line) {
    out.printf(
        "%s  %-8s %12s  %-8s %s  %s%n",
        text(line, "occurredAt"),
        text(line, "kind"),
        money(line, "amount"),
        text(line, "terminalId"),
        text(line, "paymentId"),
        text(line, "orderId"));
  }
}
