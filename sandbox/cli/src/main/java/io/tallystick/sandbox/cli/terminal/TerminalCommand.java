package io.tallystick.sandbox.cli.terminal;

import picocli.CommandLine.Command;

/// The group.
@Command(
    name = "terminal",
    mixinStandardHelpOptions = true,
    description = {
      "A merchant's terminal, in the file that --terminal names. 'accept' and 'journal' need no connection.",
      "Exit status of every command: 0 done, 1 refused or declined, 2 wrong use, 3 the platform can't be reached."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SetupCommand.class,
      RetireCommand.class,
      RenewCertificateCommand.class,
      PackCommand.class,
      PayCommand.class,
      QueryCommand.class,
      ReverseCommand.class,
      RefundCommand.class,
      AcceptCommand.class,
      UploadCommand.class,
      JournalCommand.class
    })
public final class TerminalCommand {}
