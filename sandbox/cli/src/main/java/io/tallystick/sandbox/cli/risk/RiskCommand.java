package io.tallystick.sandbox.cli.risk;

import picocli.CommandLine.Command;

/// Risk officers' commands.
@Command(
    name = "risk",
    mixinStandardHelpOptions = true,
    description =
        "Explains decisions, replays them, shows the thresholds in force; decides about frozen payments.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ExplainCommand.class,
      ReplayCommand.class,
      ThresholdsCommand.class,
      WaitingCommand.class,
      ReleaseCommand.class,
      ReturnCommand.class
    })
public final class RiskCommand {
  private RiskCommand() {}
}
