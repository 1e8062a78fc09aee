package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.KeptTap.Upload;
import io.tallystick.sdk.wallet.client.HalfUpload;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The wallet's halves.
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads the halves of taps that wait.",
      "Exit status: 0 all taken, 1 some refused or in conflict, 3 the platform can't be reached."
    })
final class UploadCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      List<HalfUpload.Result> results = session.client().halves().uploadWaiting();
      output.print(
          Document.of()
              .with("halves", results.stream().map(UploadCommand::document).toList())
              .members(),
          out -> {
            results.forEach(result -> out.println(line(result)));
            out.println(results.size() + " uploaded");
          });
      boolean allTaken =
          results.stream().allMatch(result -> result.tap().upload() instanceof Upload.Accepted);
      return allTaken ? ExitStatus.OK : ExitStatus.REFUSED;
    }
  }

  static Document document(HalfUpload.Result result) {
    Document document =
        Document.of()
            .with("serial", result.tap().serial().toString())
            .with("amount", result.tap().token().body().amount())
            .with("merchantId", result.tap().token().body().merchant().value());
    return switch (result.tap().upload()) {
      case Upload.Accepted accepted ->
          document
              .with("result", "accepted")
              .with("paymentId", accepted.paymentId())
              .with("duplicate", result.duplicate());
      case Upload.Conflict conflict ->
          document.with("result", "conflict").with("evidenceId", conflict.evidenceId());
      case Upload.Refused refused ->
          document
              .with("result", "refused")
              .with("reason", refused.reason())
              .with("explanation", refused.explanation());
      case Upload.Waiting _ -> document.with("result", "waiting");
    };
  }

  private static String line(HalfUpload.Result result) {
    String what =
        switch (result.tap().upload()) {
          case Upload.Accepted accepted ->
              (result.duplicate() ? "was there already: " : "taken: ") + accepted.paymentId();
          case Upload.Conflict conflict -> "CONFLICT, kept as evidence " + conflict.evidenceId();
          case Upload.Refused refused -> "refused: " + refused.explanation();
          case Upload.Waiting _ -> "still waiting";
        };
    return "%s  %s to %s  %s"
        .formatted(
            result.tap().serial(),
            result.tap().token().body().amount(),
            result.tap().token().body().merchant(),
            what);
  }
}
