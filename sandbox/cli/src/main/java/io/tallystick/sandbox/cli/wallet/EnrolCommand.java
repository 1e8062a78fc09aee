package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.Enrolment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Enrolment.
@Command(
    name = "enrol",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a device key, enrols the wallet as the payer's device, and keeps the seed and the authorisation. The"
          + " payer's earlier device can no longer pay.",
      "After a lost connection run it again: it goes on where it stopped."
    })
final class EnrolCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private PaymentPasswordOption paymentPassword;
  @Mixin private OutputOptions output;

  @Option(
      names = "--name",
      defaultValue = "wallet",
      description = "For the payer's list of devices (default: ${DEFAULT-VALUE}).")
  private String name;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      Enrolment enrolment = session.client().devices().enrol(name, paymentPassword.value());
      output.print(
          EnrolmentText.document(enrolment).members(),
          out -> {
            out.println("enrolled");
            EnrolmentText.print(out, enrolment);
          });
      return ExitStatus.OK;
    }
  }
}
