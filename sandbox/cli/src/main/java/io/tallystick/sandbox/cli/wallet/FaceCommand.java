package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.passkey.Passkey;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The passkey that answers by face need.
@Command(
    name = "face",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a passkey, keeps it in the wallet and registers it, so that challenges can be answered by face.",
      "The wallet's software authenticator takes whoever runs it for its verified user."
    })
final class FaceCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      Passkey passkey = session.client().challenges().registerPasskey(Optional.empty(), true);
      output.print(
          Document.of()
              .with("passkeyId", passkey.credentialId())
              .with("relyingParty", passkey.rpId())
              .members(),
          out -> out.println("face registered with " + passkey.rpId()));
      return ExitStatus.OK;
    }
  }
}
