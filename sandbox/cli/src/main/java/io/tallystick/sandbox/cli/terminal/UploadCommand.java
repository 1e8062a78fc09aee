package io.tallystick.sandbox.cli.terminal;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.terminal.platform.TapUploader;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The terminal's halves.
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads the halves of taps that wait. Each stays in the journal until the platform has answered for it.",
      "Exit status: 0 all taken, 1 some refused or in conflict, 3 the platform can't be reached."
    })
final class UploadCommand extends SdkCommand {
  @Mixin private OnlineTerminal online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineTerminal.Session session = online.open()) {
      List<TapUploader.Result> results = session.terminal().uploader(session.connection()).upload();
      output.print(
          Document.of()
              .with("halves", results.stream().map(UploadCommand::document).toList())
              .members(),
          out -> {
            results.forEach(result -> out.println(line(result)));
            out.println(results.size() + " uploaded");
          });
      return results.stream().allMatch(TapUploader.Result.Accepted.class::isInstance)
          ? ExitStatus.OK
          : ExitStatus.REFUSED;
    }
  }

  private static Document document(TapUploader.Result result) {
    Document document = Document.of().with("serial", result.serial().toString());
    return switch (result) {
      case TapUploader.Result.Accepted accepted ->
          document
              .with("result", "accepted")
              .with("paymentId", accepted.paymentId())
              .with("duplicate", accepted.duplicate());
      case TapUploader.Result.Conflict conflict ->
          document.with("result", "conflict").with("evidenceId", conflict.evidenceId());
      case TapUploader.Result.Refused refused ->
          document
              .with("result", "refused")
              .with("reason", refused.reason())
              .with("explanation", refused.explanation());
    };
  }

  private static String line(TapUploader.Result result) {
    return result.serial()
        + "  "
        + switch (result) {
          case TapUploader.Result.Accepted accepted ->
              (accepted.duplicate() ? "was there already: " : "taken: ") + accepted.paymentId();
          case TapUploader.Result.Conflict conflict ->
              "CONFLICT, kept as evidence " + conflict.evidenceId();
          case TapUploader.Result.Refused refused -> "refused: " + refused.explanation();
        };
  }
}
