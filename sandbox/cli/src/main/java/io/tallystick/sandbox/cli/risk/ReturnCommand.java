package io.tallystick.sandbox.cli.risk;

import picocli.CommandLine.Command;

/// The payer has the money back.
@Command(
    name = "return",
    mixinStandardHelpOptions = true,
    description = {
      "Gives the payer back what is frozen. A large amount takes two officers who decide alike: until then it waits.",
      "Exit status: 0 done or noted, 1 refused (it does not wait, you decided otherwise before, not allowed), 3 not"
          + " reached."
    })
final class ReturnCommand extends DecideCommand {
  ReturnCommand() {
    super("return");
  }
}
