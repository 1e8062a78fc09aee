package io.tallystick.sandbox.cli.device;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which terminal a command works on. A picocli mixin.
public final class TerminalOption {
  @Option(
      names = "--terminal",
      required = true,
      paramLabel = "FILE",
      description = "The terminal's file, as 'tally terminal setup' made it.")
  private Path file;

  /// What the terminal was given at setup.
  public TerminalFile read() {
    return TerminalFile.read(file);
  }

  /// Where the file is, or is to be.
  public Path file() {
    return file;
  }
}
