package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.WalletOption;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.KeptTap.Upload;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.WalletState;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is in the wallet.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "What is in the wallet, without its secrets: device, limits, counter, taps. Needs no connection.")
final class ShowCommand extends SdkCommand {
  @Mixin private WalletOption wallet;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (Wallet opened = wallet.open()) {
      WalletState state = opened.state();
      output.print(document(state).members(), out -> print(out, state));
      return ExitStatus.OK;
    }
  }

  private static Document document(WalletState state) {
    return Document.of()
        .with("enrolment", Optional.ofNullable(state.enrolment()).map(EnrolmentText::document))
        .with("lastCounter", state.tapUse().lastCounter().value())
        .with("allowanceLeftMinor", state.tapUse().allowanceLeftMinor())
        .with("tapsSinceOnline", state.tapUse().tapsSinceOnline())
        .with("logHead", state.tapUse().logHead().toString())
        .with("waiting", state.waiting().size())
        .with("taps", state.taps().stream().map(ShowCommand::document).toList());
  }

  private static Document document(KeptTap tap) {
    return Document.of()
        .with("serial", tap.serial().toString())
        .with("amount", tap.token().body().amount())
        .with("merchantId", tap.token().body().merchant().value())
        .with("terminalId", tap.token().body().terminal().value())
        .with("tappedAt", tap.token().body().createdAt())
        .with("receipt", receipt(tap))
        .with("upload", upload(tap));
  }

  private static void print(PrintStream out, WalletState state) {
    Enrolment enrolment = state.enrolment();
    if (enrolment == null) {
      out.println("not enrolled");
    } else {
      EnrolmentText.print(out, enrolment);
      out.printf(
          "left offline     %s%n",
          Amounts.text(
              state.tapUse().allowanceLeftMinor(),
              enrolment.authorisation().allowance().currency()));
    }
    out.printf(
        "taps             %d since online, last counter %s, %d halves waiting%n",
        state.tapUse().tapsSinceOnline(), state.tapUse().lastCounter(), state.waiting().size());
    for (KeptTap tap : state.taps()) {
      out.printf(
          "  %s  %s  %s to %s/%s  receipt %s, %s%n",
          tap.token().body().createdAt(),
          tap.serial(),
          tap.token().body().amount(),
          tap.token().body().merchant(),
          tap.token().body().terminal(),
          receipt(tap),
          upload(tap));
    }
  }

  private static String receipt(KeptTap tap) {
    return tap.receipt()
        .map(receipt -> receipt.accepted() ? "accepted" : "refused")
        .orElse("missing");
  }

  private static String upload(KeptTap tap) {
    return switch (tap.upload()) {
      case Upload.Waiting _ ->
          tap.receipt().isPresent() ? "waiting" : "unconfirmed: the terminal's half decides";
      case Upload.Accepted accepted -> "uploaded as " + accepted.paymentId();
      case Upload.Conflict conflict -> "in conflict, evidence " + conflict.evidenceId();
      case Upload.Refused refused -> "refused: " + refused.reason();
    };
  }
}
