package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.Enrolment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Renewal.
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    description =
        "Uploads what waits, then gets another seed, alias and authorisation, and the allowance topped up.")
final class RenewCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private PaymentPasswordOption paymentPassword;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      if (session.wallet().state().enrolment() == null) {
        throw CommandFailure.usage("the wallet is not enrolled");
      }
      // The hold behind the new allowance counts from what the platform has seen.
      session.client().halves().uploadWaiting();
      Enrolment enrolment = session.client().devices().renew(paymentPassword.value());
      output.print(
          EnrolmentText.document(enrolment).members(),
          out -> {
            out.println("renewed");
            EnrolmentText.print(out, enrolment);
          });
      return ExitStatus.OK;
    }
  }
}
