package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.client.Balance;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What the payer has.
@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    description = "What the payer has: available, held, allowances of devices, arrears.")
final class BalanceCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      List<Balance> balances = session.client().bills().balances();
      output.print(
          Document.of()
              .with("balances", balances.stream().map(BalanceCommand::document).toList())
              .members(),
          out -> balances.forEach(balance -> print(out, balance)));
      return ExitStatus.OK;
    }
  }

  private static Document document(Balance balance) {
    return Document.of()
        .with("currency", balance.available().currency())
        .with("availableMinor", balance.available().amountMinor())
        .with("heldMinor", balance.held().amountMinor())
        .with("arrearsMinor", balance.arrears().amountMinor())
        .with(
            "allowances",
            balance.allowances().stream()
                .map(allowance ->
                    Document.of()
                        .with("deviceId", allowance.deviceId())
                        .with("leftMinor", allowance.left().amountMinor())
                        .with("heldMinor", allowance.held().amountMinor()))
                .toList());
  }

  private static void print(PrintStream out, Balance balance) {
    out.printf("available  %s%n", balance.available());
    out.printf("held       %s%n", balance.held());
    for (Balance.Allowance allowance : balance.allowances()) {
      out.printf("allowance  %s for device %s%n", allowance.left(), allowance.deviceId());
    }
    if (balance.arrears().amountMinor() != 0) {
      out.printf("arrears    %s%n", balance.arrears());
    }
  }
}
