package io.tallystick.sandbox.cli.risk;

import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is frozen.
@Command(
    name = "waiting",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the payments that wait for their payer, the longest wait first: why, and which officers decided what.",
      "Exit status: 0 listed, 1 not allowed, 3 not reached."
    })
final class WaitingCommand extends SdkCommand {
  private static final int PAGE = 200;

  @Mixin private RoleOptions officer;
  @Mixin private OutputOptions output;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "50",
      description = "Lists at most so many (default: ${DEFAULT-VALUE}).")
  private int most;

  @Override
  protected int run() {
    RestClient clearing =
        officer.connect("risk-officer", PlatformDescription.RestAddresses::clearingService);
    List<JsonObject> payments = new ArrayList<>();
    String cursor = "";
    do {
      String page =
          "/v1/reviews?limit="
              + Math.clamp(most - payments.size(), 1, PAGE)
              + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
      JsonObject answer = clearing.get(page).getAsJsonObject();
      for (JsonElement element : answer.getAsJsonArray("items")) {
        payments.add(element.getAsJsonObject());
      }
      cursor = text(answer, "nextCursor");
    } while (!cursor.isEmpty() && payments.size() < most);
    List<Object> document = payments.stream().map(PlainJson::of).collect(Collectors.toList());
    output.print(document, out -> print(out, payments));
    return ExitStatus.OK;
  }

  private static void print(PrintStream out, List<JsonObject> payments) {
    if (payments.isEmpty()) {
      out.println("No payment waits for its payer.");
    }
    payments.forEach(payment -> Reviews.print(out, payment));
  }
}
