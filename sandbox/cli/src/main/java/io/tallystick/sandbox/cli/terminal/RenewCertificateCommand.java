package io.tallystick.sandbox.cli.terminal;

import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.TerminalFile;
import io.tallystick.sandbox.cli.device.TerminalOption;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Another certificate for the same terminal.
@Command(
    name = "renew-certificate",
    mixinStandardHelpOptions = true,
    description = {
      "Has the sandbox's authority issue a new key and certificate for this terminal. It stays the same terminal: its"
          + " orders, its pack and the halves that wait go on.",
      "Exit status: 0 renewed, or not due with --if-due; 2 the files can't be used; 3 not reached."
    })
final class RenewCertificateCommand extends SdkCommand {
  @Mixin private TerminalOption terminal;
  @Mixin private OutputOptions output;
  @Mixin private PlatformOption platform;

  @Option(names = "--if-due", description = "Only after two thirds of its life.")
  private boolean ifDue;

  @Override
  protected int run() {
    PlatformDescription description = platform.read();
    TerminalFile file = terminal.read();
    try (VerifyConnection connection = file.connect(description.grpc().verifyService())) {
      Instant before = connection.certificate().expiresAt();
      boolean due = !ifDue || connection.certificate().isRenewalDue(Instant.now());
      if (due) {
        DevCa.open(description.certificatesFolder())
            .terminal(file.identity().merchant().value(), file.identity().terminal().value());
        connection.renewed();
        connection.fetchPack(0);
      }
      Instant now = connection.certificate().expiresAt();
      output.print(
          Document.of().with("renewed", due).with("endedAt", before).with("endsAt", now).members(),
          out ->
              out.println(
                  due ? "renewed: ends " + now + " instead of " + before : "not due: ends " + now));
      return ExitStatus.OK;
    } catch (IOException unusable) {
      throw CommandFailure.usage(unusable);
    }
  }
}
