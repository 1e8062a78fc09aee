package io.tallystick.sandbox.cli.wallet;

import picocli.CommandLine.Command;

/// The group.
@Command(
    name = "wallet",
    mixinStandardHelpOptions = true,
    description = {
      "A payer's wallet, in the file that --wallet names. It logs in with --user and --user-password once and keeps the"
          + " token until it expires; 'code --offline', 'tap' and 'show' need no connection.",
      "Exit status of every command: 0 done, 1 refused or declined, 2 wrong use, 3 the platform can't be reached."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PasswordCommand.class,
      EnrolCommand.class,
      RenewCommand.class,
      RevokeCommand.class,
      DevicesCommand.class,
      CodeCommand.class,
      TapCommand.class,
      UploadCommand.class,
      ContactCommand.class,
      FaceCommand.class,
      InboxCommand.class,
      SmsCommand.class,
      AnswerCommand.class,
      BillsCommand.class,
      BalanceCommand.class,
      ShowCommand.class
    })
public final class WalletCommand {}
