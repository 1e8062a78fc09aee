package io.tallystick.sandbox.cli.inspect;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.describe.Inspection;
import io.tallystick.protocol.describe.TokenInspector;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes tokens and the like apart.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Takes any of the formats apart.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TokenCommand.Show.class)
public final class TokenCommand {
  private TokenCommand() {}

  private enum Profile {
    DEFAULT(NetworkProfile.DEFAULT),
    ALTERNATE(NetworkProfile.ALTERNATE);

    private final NetworkProfile network;

    Profile(NetworkProfile network) {
      this.network = network;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows a payment code, issuer certificate, authorisation, tap request, token, receipt, half, deny list, delta,"
            + " terminal pack or double-spend proof field by field: offset, length, name, bytes, meaning.",
        "Binary, text armour, hexadecimal and Base64 are all understood. Signatures are shown, not checked.",
        "Exit status: 0 shown, 1 it is none of our formats or a damaged one, 2 the file can't be read."
      })
  static final class Show implements Callable<Integer> {
    @Mixin private OutputOptions output;

    @Parameters(
        paramLabel = "FILE",
        description = "The file, - for standard input, or the 20 digits of a code.")
    private String file;

    @Option(
        names = "--profile",
        defaultValue = "default",
        description =
            "The network's choices: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Profile profile;

    @Override
    public Integer call() {
      byte[] content =
          file.matches("[0-9]{20}")
              ? file.getBytes(StandardCharsets.US_ASCII)
              : InputFile.unwrapText(InputFile.read(file));
      try {
        Inspection inspection =
            new TokenInspector(profile.network, CodeNetwork.DEFAULT).describe(content);
        output.print(inspection, out -> out.print(inspection.toText()));
        return ExitStatus.OK;
      } catch (MalformedException e) {
        throw CommandFailure.refused(file + ": " + e.getMessage());
      }
    }
  }
}
