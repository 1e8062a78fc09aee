package io.tallystick.sandbox.cli.risk;

import picocli.CommandLine.Command;

/// The merchant is paid.
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Has the merchant paid what is frozen. A large amount takes two officers who decide alike: until then it waits.",
      "Exit status: 0 done or noted, 1 refused (it does not wait, you decided otherwise before, not allowed), 3 not"
          + " reached."
    })
final class ReleaseCommand extends DecideCommand {
  ReleaseCommand() {
    super("release");
  }
}
