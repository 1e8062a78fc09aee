package io.tallystick.sandbox.cli;

import io.tallystick.sandbox.cli.inspect.KeysCommand;
import io.tallystick.sandbox.cli.inspect.ProofCommand;
import io.tallystick.sandbox.cli.inspect.TokenCommand;
import io.tallystick.sandbox.cli.inspect.VectorsCommand;
import io.tallystick.sandbox.cli.merchant.MerchantCommand;
import io.tallystick.sandbox.cli.operator.AuditCommand;
import io.tallystick.sandbox.cli.operator.BankCommand;
import io.tallystick.sandbox.cli.operator.DeadLettersCommand;
import io.tallystick.sandbox.cli.operator.LedgerCommand;
import io.tallystick.sandbox.cli.risk.RiskCommand;
import io.tallystick.sandbox.cli.terminal.TerminalCommand;
import io.tallystick.sandbox.cli.wallet.WalletCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The root command: dispatches, and turns failures into messages and exit statuses.
@Command(
    name = "tally",
    description = "Paying when phones or terminals are offline.",
    mixinStandardHelpOptions = true,
    version = "Tallystick 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HelpCommand.class,
      UpCommand.class,
      DemoCommand.class,
      TrainCommand.class,
      SoakCommand.class,
      BenchCommand.class,
      VectorsCommand.class,
      TokenCommand.class,
      ProofCommand.class,
      KeysCommand.class,
      LedgerCommand.class,
      RiskCommand.class,
      AuditCommand.class,
      DeadLettersCommand.class,
      BankCommand.class,
      WalletCommand.class,
      TerminalCommand.class,
      MerchantCommand.class
    })
public final class Tally {
  private Tally() {}

  /// Runs one command and exits with its status.
  public static void main(String[] arguments) {
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    System.exit(commandLine().execute(arguments));
  }

  /// The whole command tree, as `main` runs it.
  public static CommandLine commandLine() {
    return new CommandLine(new Tally())
        .setExecutionExceptionHandler(Tally::report)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailure expected) {
      System.err.println("tally: " + expected.getMessage());
      return expected.exitStatus();
    }
    throw failure;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
