package io.tallystick.sandbox.cli.risk;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sandbox.platform.PlatformDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The thresholds in force.
@Command(
    name = "thresholds",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the thresholds in force. The sandbox reads .tally/up/risk-thresholds.yaml again while it runs.",
      "Exit status: 0 the file is in force, 1 it is refused and an older one in force, 3 not reached."
    })
final class ThresholdsCommand extends SdkCommand {
  @Mixin private RoleOptions officer;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    JsonObject thresholds =
        officer
            .connect("risk-officer", PlatformDescription.RestAddresses::riskService)
            .get("/v1/thresholds")
            .getAsJsonObject();
    String refused = PlainJson.text(thresholds, "refused");
    output.print(
        PlainJson.of(thresholds),
        out -> {
          out.println("thresholds " + PlainJson.text(thresholds, "version"));
          if (!refused.isEmpty()) {
            out.println("NOT IN FORCE: " + refused);
          }
          out.println(
              new GsonBuilder().setPrettyPrinting().create().toJson(thresholds.get("thresholds")));
        });
    return refused.isEmpty() ? ExitStatus.OK : ExitStatus.REFUSED;
  }
}
