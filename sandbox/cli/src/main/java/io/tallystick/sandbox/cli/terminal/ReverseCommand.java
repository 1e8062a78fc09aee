package io.tallystick.sandbox.cli.terminal;

import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes a payment back.
@Command(
    name = "reverse",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a payment back whole; one that has not arrived yet is stopped for good.",
      "Exit status: 0 reversed or nothing to reverse, 1 too late: refund it."
    })
final class ReverseCommand extends SdkCommand {
  @Mixin private OnlineTerminal online;
  @Mixin private OutputOptions output;

  @Option(
      names = "--order",
      required = true,
      paramLabel = "ID",
      description = "The merchant's order id.")
  private String orderId;

  @Override
  protected int run() {
    try (OnlineTerminal.Session session = online.open()) {
      ReversePaymentResponse answer = session.payments().reverse(orderId);
      return switch (answer.getOutcomeCase()) {
        case REVERSED -> print("reversed", "reversed: the money went back", ExitStatus.OK);
        case NOTHING_TO_REVERSE ->
            print("nothing-to-reverse", "nothing to reverse: no money had moved", ExitStatus.OK);
        case TOO_LATE ->
            print(
                "too-late",
                "too late: " + answer.getTooLate().getExplanation(),
                ExitStatus.REFUSED);
        case OUTCOME_NOT_SET ->
            throw CommandFailure.unreachable("the platform's answer has no outcome", null);
      };
    }
  }

  private int print(String outcome, String text, int status) {
    output.print(
        Document.of().with("orderId", orderId).with("outcome", outcome).members(),
        out -> out.println(orderId + "  " + text));
    return status;
  }
}
