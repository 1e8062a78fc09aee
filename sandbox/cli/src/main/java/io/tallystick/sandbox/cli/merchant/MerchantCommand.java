package io.tallystick.sandbox.cli.merchant;

import picocli.CommandLine.Command;

/// The group.
@Command(
    name = "merchant",
    mixinStandardHelpOptions = true,
    description = {
      "For a merchant's staff: statements, payments, webhooks. At the sandbox's issuer the user staff-ID, with any"
          + " password the first time, is staff of the merchant ID.",
      "Exit status of every command: 0 done, 1 refused, 2 wrong use, 3 the platform can't be reached."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StatementCommand.class, PaymentsCommand.class, WebhookCommand.class})
public final class MerchantCommand {}
