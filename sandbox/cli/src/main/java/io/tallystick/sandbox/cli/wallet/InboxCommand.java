package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.client.Inbox;
import io.tallystick.sdk.wallet.client.InboxItem;
import io.tallystick.sdk.wallet.client.Reason;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the payer was told.
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    description = "What the payer was told: payments, challenges, disputes. Oldest first.")
final class InboxCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description = "The newest so many, 1 to 100 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--follow",
      description =
          "Then print every item this wallet has not read as it comes, until Ctrl-C or the login ends; with --json one"
              + " document for each. The wallet's file is in use until then.")
  private boolean follow;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      if (follow) {
        follow(session.client().inbox());
        return ExitStatus.OK;
      }
      List<InboxItem> items = session.client().inbox().newest(Math.clamp(limit, 1, 100)).reversed();
      output.print(
          Document.of()
              .with("items", items.stream().map(InboxCommand::document).toList())
              .members(),
          out -> items.forEach(item -> print(out, item)));
      return ExitStatus.OK;
    }
  }

  private void follow(Inbox inbox) {
    try (Inbox.Follow items = inbox.follow()) {
      for (Optional<InboxItem> item = items.next(); item.isPresent(); item = items.next()) {
        InboxItem told = item.get();
        output.print(document(told).members(), out -> print(out, told));
      }
    }
  }

  private static Document document(InboxItem item) {
    return Document.of()
        .with("id", item.id())
        .with("type", item.type())
        .with("title", item.title())
        .with("text", item.text())
        .with("paymentId", item.paymentId())
        .with("merchantId", item.merchantId())
        .with("amount", item.amount())
        .with("state", item.state())
        .with("revision", item.revision())
        .with("reasons", item.reasons().stream().map(InboxCommand::document).toList())
        .with("challengeId", item.challengeId())
        .with("refunded", item.refunded())
        .with("changedAt", item.changedAt())
        .with("traceId", item.traceId());
  }

  static Document document(Reason reason) {
    return Document.of()
        .with("rule", reason.rule())
        .with("explanation", reason.explanation())
        .with("inputs", reason.inputs())
        .with("thresholds", reason.thresholds())
        .with("paymentIds", reason.paymentIds());
  }

  private static void print(PrintStream out, InboxItem item) {
    out.printf("%3d  %s  %s%n", item.id(), item.changedAt(), item.title());
    out.printf("     %s%n", item.text());
    item.reasons().forEach(reason -> out.printf("     why: %s%n", reason.explanation()));
    item.challengeId().ifPresent(id -> out.printf("     answer with: wallet answer %s%n", id));
  }
}
