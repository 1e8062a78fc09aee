package io.tallystick.sandbox.cli.terminal;

import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.AmountOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives money back.
@Command(
    name = "refund",
    mixinStandardHelpOptions = true,
    description =
        "Gives money back, whole or in part. The same refund id gives nothing more. Exit status 1 when refused.")
final class RefundCommand extends SdkCommand {
  @Mixin private OnlineTerminal online;
  @Mixin private AmountOption amount;
  @Mixin private OutputOptions output;

  @Option(
      names = "--order",
      required = true,
      paramLabel = "ID",
      description = "The merchant's order id.")
  private String orderId;

  @Option(
      names = "--refund",
      paramLabel = "ID",
      description = "The merchant's refund id (default: a new one).")
  private @Nullable String refund;

  @Override
  protected int run() {
    String refundId = refund != null ? refund : "refund-" + UUID.randomUUID();
    try (OnlineTerminal.Session session = online.open()) {
      RefundPaymentResponse answer = session.payments().refund(orderId, refundId, amount.money());
      return switch (answer.getOutcomeCase()) {
        case REFUNDED -> {
          var refunded = answer.getRefunded();
          output.print(
              Document.of()
                  .with("orderId", orderId)
                  .with("refundId", refundId)
                  .with("outcome", "refunded")
                  .with("refundedMinor", refunded.getRefunded().getAmountMinor())
                  .with("paidMinor", refunded.getPaid().getAmountMinor())
                  .with("currency", refunded.getPaid().getCurrency())
                  .members(),
              out ->
                  out.printf(
                      "%s  refunded %s of %s in all%n",
                      orderId,
                      Amounts.text(refunded.getRefunded()),
                      Amounts.text(refunded.getPaid())));
          yield ExitStatus.OK;
        }
        case REFUSED ->
            throw CommandFailure.refused(
                answer.getRefused().getExplanation()
                    + " ("
                    + answer.getRefused().getReason()
                    + ")");
        case OUTCOME_NOT_SET ->
            throw CommandFailure.unreachable("the platform's answer has no outcome", null);
      };
    }
  }
}
