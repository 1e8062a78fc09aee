package io.tallystick.sandbox.cli.terminal;

import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Terminal packs.
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description =
        "Fetches the terminal pack, checks it against the root key given at setup, and takes it into use. Exit status 1"
            + " when it isn't good.")
final class PackCommand extends SdkCommand {
  @Mixin private OnlineTerminal online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineTerminal.Session session = online.open()) {
      PackStatus status = session.terminal().refreshPack(session.connection());
      if (status != PackStatus.GOOD) {
        throw CommandFailure.refused("the pack is not good: " + status);
      }
      PackContent content =
          session.terminal().journal().pack().map(TerminalPack::content).orElseThrow();
      output.print(
          document(content).members(),
          out -> {
            out.printf("pack %d of %s is in use%n", content.version(), content.serverTime());
            out.printf(
                "  deny list     version %d of %s, %d devices, good for %d h%n",
                content.denyList().version(),
                content.denyList().issuedAt(),
                content.denyList().size(),
                content.policy().maxDenyListAge().toHours());
            content
                .policy()
                .floorLimits()
                .forEach(limit -> out.printf("  floor limit   %s%n", limit));
            out.printf("  issuers       %d%n", content.issuers().size());
          });
      return ExitStatus.OK;
    }
  }

  static Document document(PackContent content) {
    return Document.of()
        .with("version", content.version())
        .with("serverTime", content.serverTime())
        .with("denyListVersion", content.denyList().version())
        .with("denyListIssuedAt", content.denyList().issuedAt())
        .with("deniedDevices", content.denyList().size())
        .with("maxDenyListAgeSeconds", content.policy().maxDenyListAge().toSeconds())
        .with("atRiskLimitMinor", content.policy().atRiskLimitMinor())
        .with("floorLimits", content.policy().floorLimits())
        .with("issuers", content.issuers().size());
  }
}
