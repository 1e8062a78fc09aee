package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Where SMS codes go.
@Command(
    name = "contact",
    mixinStandardHelpOptions = true,
    description = "Registers the number that the issuer verified as where SMS codes go.")
final class ContactCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      String number = session.client().challenges().registerContact();
      output.print(
          Document.of().with("phoneNumber", number).members(),
          out -> out.println("SMS codes go to " + number));
      return ExitStatus.OK;
    }
  }
}
