package io.tallystick.sandbox.cli.terminal;

import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.TerminalOption;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is in the journal.
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description =
        "What the terminal remembers: its pack, its log, the halves that wait. Needs no connection.")
final class JournalCommand extends SdkCommand {
  @Mixin private TerminalOption terminal;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (Terminal till = terminal.read().open()) {
      TerminalJournal journal = till.journal();
      output.print(
          Document.of()
              .with("merchantId", till.identity().merchant().value())
              .with("terminalId", till.identity().terminal().value())
              .with("logHead", journal.head().toString())
              .with("latestTime", journal.latestTime())
              .with("pack", journal.pack().map(TerminalPack::content).map(PackCommand::document))
              .with("waiting", journal.waiting().stream().map(JournalCommand::document).toList())
              .members(),
          out -> print(out, till));
      return ExitStatus.OK;
    }
  }

  private static Document document(TapHalf half) {
    TapBody body = half.token().body();
    return Document.of()
        .with("serial", half.serial().toString())
        .with("amount", body.amount())
        .with("tappedAt", body.createdAt())
        .with("cover", half.token().cover().name().toLowerCase(Locale.ROOT));
  }

  private static void print(PrintStream out, Terminal till) {
    TerminalJournal journal = till.journal();
    out.printf("terminal     %s of %s%n", till.identity().terminal(), till.identity().merchant());
    out.printf(
        "pack         %s%n",
        journal
            .pack()
            .map(TerminalPack::content)
            .map(content ->
                "version %d of %s, deny list %d"
                    .formatted(
                        content.version(), content.serverTime(), content.denyList().version()))
            .orElse("none"));
    out.printf("log head     %s%n", journal.head());
    out.printf("waiting      %d halves%n", journal.waiting().size());
    for (TapHalf half : journal.waiting()) {
      TapBody body = half.token().body();
      out.printf(
          "  %s  %s  %s  %s%n",
          body.createdAt(),
          half.serial(),
          body.amount(),
          half.token().cover().name().toLowerCase(Locale.ROOT));
    }
  }
}
