package io.tallystick.sandbox.cli.risk;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sandbox.platform.PlatformDescription;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// An officer's decision about a payment that waits.
abstract class DecideCommand extends SdkCommand {
  private final String decision;

  @Mixin private RoleOptions officer;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "PAYMENT", description = "pay_… or tap_…")
  private String paymentId;

  @Option(
      names = "--because",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for auditors; neither payer nor merchant reads it.")
  private String explanation;

  DecideCommand(String decision) {
    this.decision = decision;
  }

  @Override
  protected int run() {
    if (!paymentId.matches("[A-Za-z0-9_-]{1,64}")) {
      throw CommandFailure.usage("no payment id: " + paymentId);
    }
    JsonObject request = new JsonObject();
    request.addProperty("decision", decision);
    request.addProperty("explanation", explanation);
    JsonObject payment =
        officer
            .connect("risk-officer", PlatformDescription.RestAddresses::clearingService)
            .postRepeatable("/v1/reviews/" + paymentId + "/decisions", request)
            .getAsJsonObject();
    output.print(PlainJson.of(payment), out -> Reviews.print(out, payment));
    return ExitStatus.OK;
  }
}
