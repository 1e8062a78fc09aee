package io.tallystick.sandbox.cli;

import io.tallystick.sandbox.platform.PlatformDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which platform a command talks to. A picocli mixin.
public final class PlatformOption {
  @Option(
      names = "--platform",
      paramLabel = "FILE",
      description =
          "The platform.json that 'tally up' or 'tally demo --keep' wrote"
              + " (default: .tally/up/platform.json in the checkout).")
  private @Nullable Path file;

  /// Reads the description.
  ///
  /// @throws CommandFailure when there is none: nothing is running
  public PlatformDescription read() {
    Path chosen = file != null ? file : StateFolder.of("up").resolve("platform.json");
    if (!Files.exists(chosen)) {
      throw CommandFailure.usage(
          "no platform description at "
              + chosen
              + "; start one with './tally up', or name it with --platform");
    }
    try {
      return PlatformDescription.read(chosen);
    } catch (IOException e) {
      throw CommandFailure.usage(e);
    }
  }
}
