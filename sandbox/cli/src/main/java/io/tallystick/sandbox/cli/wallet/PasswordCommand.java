package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.client.PaymentPassword;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The payment password.
@Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = "The payment password: sets it, changes it, tells how it stands.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PasswordCommand.Set.class,
      PasswordCommand.ChangeIt.class,
      PasswordCommand.Status.class
    })
final class PasswordCommand {
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Sets the first payment password.")
  static final class Set extends SdkCommand {
    @Mixin private OnlineWallet online;
    @Mixin private OutputOptions output;

    @Option(
        names = "--new",
        required = true,
        arity = "0..1",
        interactive = true,
        description = "6 to 64 characters; asked for when left empty.")
    private String newPassword;

    @Override
    protected int run() {
      try (OnlineWallet.Session session = online.open()) {
        session.client().paymentPassword().set(newPassword);
        output.print(
            Document.of().with("payerId", session.payerId()).with("set", true).members(),
            out -> out.println("payment password of " + session.payerId() + " is set"));
        return ExitStatus.OK;
      }
    }
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Replaces the payment password.")
  static final class ChangeIt extends SdkCommand {
    @Mixin private OnlineWallet online;
    @Mixin private OutputOptions output;

    @Option(
        names = "--current",
        required = true,
        arity = "0..1",
        interactive = true,
        description = "The present one; asked for when left empty.")
    private String currentPassword;

    @Option(
        names = "--new",
        required = true,
        arity = "0..1",
        interactive = true,
        description = "6 to 64 characters; asked for when left empty.")
    private String newPassword;

    @Override
    protected int run() {
      try (OnlineWallet.Session session = online.open()) {
        session.client().paymentPassword().change(currentPassword, newPassword);
        output.print(
            Document.of().with("payerId", session.payerId()).with("changed", true).members(),
            out -> out.println("payment password of " + session.payerId() + " is changed"));
        return ExitStatus.OK;
      }
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Whether it is set, whether it is locked. Exit status 1 when it can't be used.")
  static final class Status extends SdkCommand {
    @Mixin private OnlineWallet online;
    @Mixin private OutputOptions output;

    @Override
    protected int run() {
      try (OnlineWallet.Session session = online.open()) {
        PaymentPassword.Status status = session.client().paymentPassword().status();
        output.print(
            Document.of()
                .with("set", status.set())
                .with("locked", status.locked())
                .with("attemptsLeft", status.attemptsLeft())
                .with("lockedUntil", status.lockedUntil())
                .members(),
            out -> {
              out.println(status.set() ? "set" : "not set");
              out.println(
                  status.locked()
                      ? "locked"
                          + status
                              .lockedUntil()
                              .map(end -> " until " + end)
                              .orElse("; ask an operator")
                      : status.attemptsLeft() + " attempts left");
            });
        return status.set() && !status.locked() ? ExitStatus.OK : ExitStatus.REFUSED;
      }
    }
  }
}
