package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.client.Bill;
import io.tallystick.sdk.wallet.client.Bills;
import io.tallystick.sdk.wallet.client.Reason;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The payer's bills.
@Command(
    name = "bills",
    mixinStandardHelpOptions = true,
    description =
        "The payer's payments, newest first, with tap time and settlement time; or one with its history.")
final class BillsCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Parameters(arity = "0..1", paramLabel = "PAYMENT", description = "One payment's id.")
  private @Nullable String paymentId;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description = "1 to 200 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--after", paramLabel = "CURSOR", description = "What follows a page.")
  private @Nullable String cursor;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      Bills bills = session.client().bills();
      if (paymentId != null) {
        return show(bills.get(paymentId));
      }
      Bills.Page page = bills.page(limit, Optional.ofNullable(cursor));
      output.print(
          Document.of()
              .with("bills", page.bills().stream().map(BillsCommand::document).toList())
              .with("next", page.next())
              .members(),
          out -> {
            page.bills().forEach(bill -> print(out, bill));
            page.next().ifPresent(next -> out.println("more: --after " + next));
          });
      return ExitStatus.OK;
    } catch (IllegalArgumentException malformed) {
      throw CommandFailure.usage(malformed);
    }
  }

  private int show(Bill.Detail detail) {
    output.print(
        Document.of()
            .with("bill", document(detail.bill()))
            .with("history", detail.history().stream().map(BillsCommand::document).toList())
            .members(),
        out -> {
          print(out, detail.bill());
          detail.bill().traceId().ifPresent(trace -> out.printf("  trace %s%n", trace));
          for (Bill.Change change : detail.history()) {
            out.printf("  %s  %s%n", change.changedAt(), change.state());
            for (Reason reason : change.reasons()) {
              out.printf("      why: %s%n", reason.explanation());
            }
          }
        });
    return ExitStatus.OK;
  }

  private static Document document(Bill bill) {
    return Document.of()
        .with("paymentId", bill.paymentId())
        .with("kind", bill.kind())
        .with("merchantId", bill.merchantId())
        .with("terminalId", bill.terminalId())
        .with("orderId", bill.orderId())
        .with("amount", bill.amount())
        .with("refunded", bill.refunded())
        .with("state", bill.state())
        .with("declineReason", bill.declineReason())
        .with("occurredAt", bill.occurredAt())
        .with("clearedAt", bill.clearedAt())
        .with("settledAt", bill.settledAt())
        .with("halves", bill.halves())
        .with("traceId", bill.traceId());
  }

  private static Document document(Bill.Change change) {
    return Document.of()
        .with("state", change.state())
        .with("previousState", change.previousState())
        .with("reasons", change.reasons().stream().map(InboxCommand::document).toList())
        .with("changedAt", change.changedAt());
  }

  private static void print(PrintStream out, Bill bill) {
    out.printf(
        "%s  %-12s %12s  %-15s %s%s%n",
        bill.occurredAt(),
        bill.kind(),
        bill.amount(),
        bill.merchantId(),
        bill.state(),
        bill.declineReason().map(reason -> " (" + reason + ")").orElse(""));
    out.printf("  %s%s%n", bill.paymentId(), bill.halves().map(h -> ", halves " + h).orElse(""));
    out.printf(
        "  %s %s, settled %s%s%n",
        bill.kind().equals("tap") ? "tapped" : "paid",
        bill.occurredAt(),
        bill.settledAt().map(Object::toString).orElse("not yet"),
        bill.refunded().isZero() ? "" : ", refunded " + bill.refunded());
  }
}
