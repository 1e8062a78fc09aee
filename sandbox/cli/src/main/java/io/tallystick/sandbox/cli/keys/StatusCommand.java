package io.tallystick.sandbox.cli.keys;

import com.google.gson.JsonElement;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is sealed with which key.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows the versions of key-encryption keys, how many rows need each, and re-sealing.")
public final class StatusCommand extends SdkCommand {
  @Mixin private RoleOptions operator;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    List<JsonElement> statuses = new ArrayList<>();
    for (SealingService service : SealingService.values()) {
      statuses.add(operator.connect("operator", service.address()).get("/v1/key-encryption"));
    }
    output.print(
        statuses.stream().map(PlainJson::of).toList(),
        out -> statuses.forEach(status -> SealingText.print(out, status.getAsJsonObject())));
    return ExitStatus.OK;
  }
}
