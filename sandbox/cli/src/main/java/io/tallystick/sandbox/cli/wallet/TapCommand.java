package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.AmountOption;
import io.tallystick.sandbox.cli.device.LocalTap;
import io.tallystick.sandbox.cli.device.PlaceOption;
import io.tallystick.sandbox.cli.device.TerminalOption;
import io.tallystick.sandbox.cli.device.WalletOption;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A tap, from the wallet's side.
@Command(
    name = "tap",
    mixinStandardHelpOptions = true,
    description = {
      "Holds the wallet to a terminal on this machine. Neither needs a connection: the APDUs go from one to the other,"
          + " and each keeps its half.",
      "Exit status: 0 the terminal took it, 1 it did not, 2 wrong use."
    })
final class TapCommand extends SdkCommand {
  @Mixin private WalletOption wallet;
  @Mixin private TerminalOption terminal;
  @Mixin private AmountOption amount;
  @Mixin private PlaceOption place;
  @Mixin private OutputOptions output;

  @Option(names = "--apdu", description = "Print the exchanged APDUs in hexadecimal.")
  private boolean apdu;

  @Override
  protected int run() {
    try (Wallet opened = wallet.open();
        Terminal till = terminal.read().open()) {
      return LocalTap.take(opened, till, amount.money(), place.cell()).print(output, apdu);
    }
  }
}
