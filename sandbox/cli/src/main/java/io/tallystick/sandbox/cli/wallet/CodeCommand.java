package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.draw.BlockText;
import io.tallystick.sandbox.cli.draw.CodeCard;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.code.CodeView;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The code on the wallet's screen.
@Command(
    name = "code",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the payment code: one that the platform makes while it answers, and otherwise one derived from the seed and"
          + " the clock. It stays the same until it expires, is refreshed, or has paid.",
      "Exit status: 0 shown, 1 there is none to show now, 2 wrong use."
    })
final class CodeCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Option(names = "--offline", description = "Derive the code; ask the platform for nothing.")
  private boolean offline;

  @Option(names = "--refresh", description = "Another code than the one on the screen.")
  private boolean refresh;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Draw the barcode and the QR code into a file as well.")
  private @Nullable Path png;

  @Option(names = "--digits-only", description = "Print the twenty digits and nothing else.")
  private boolean digitsOnly;

  @Override
  protected int run() {
    CodeView view = offline ? viewOffline() : viewOnline();
    return switch (view) {
      case CodeView.Shown shown -> show(shown);
      case CodeView.Exhausted exhausted ->
          throw CommandFailure.refused(
              "every code of this minute is used up; the next one is at " + exhausted.retryAt());
      case CodeView.SeedExpired expired ->
          throw CommandFailure.refused("the seed expired at " + expired.expiredAt() + "; renew it");
      case CodeView.NotEnrolled _ -> throw CommandFailure.usage("the wallet is not enrolled");
    };
  }

  private CodeView viewOffline() {
    try (Wallet wallet = online.openOffline()) {
      return view(PaymentCodes.of(wallet, OnlineCodeSource.OFFLINE));
    }
  }

  private CodeView viewOnline() {
    try (OnlineWallet.Session session = online.open()) {
      return view(session.client().codes());
    } catch (CommandFailure away) {
      // Nobody logged in, or nothing to talk to: a derived code is as good. A refused login is not.
      if (away.exitStatus() == ExitStatus.REFUSED) {
        throw away;
      }
      return viewOffline();
    }
  }

  private CodeView view(PaymentCodes codes) {
    return refresh ? codes.refresh() : codes.current();
  }

  private int show(CodeView.Shown shown) {
    String digits = shown.code().digits();
    if (png != null) {
      try {
        Files.write(png, CodeCard.png(digits));
      } catch (IOException failed) {
        throw CommandFailure.usage("can't write " + png + ": " + failed.getMessage());
      }
    }
    String kind = shown instanceof CodeView.Online ? "online" : "offline";
    output.print(
        Document.of()
            .with("code", digits)
            .with("kind", kind)
            .with("showUntil", shown.showUntil())
            .members(),
        out -> {
          if (digitsOnly) {
            out.println(digits);
            return;
          }
          out.print(CodeCard.text(digits, style()));
          long seconds = Duration.between(Instant.now(), shown.showUntil()).toSeconds();
          out.printf("%s code, shown for %d s more%n", kind, Math.max(0, seconds));
          if (png != null) {
            out.println("drawn into " + png);
          }
        });
    return ExitStatus.OK;
  }

  /// Colours on a terminal, plain blocks in a file or where NO_COLOR asks for it.
  private static BlockText.Style style() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return terminal && System.getenv("NO_COLOR") == null
        ? BlockText.Style.ANSI
        : BlockText.Style.DARK_BLOCKS;
  }
}
