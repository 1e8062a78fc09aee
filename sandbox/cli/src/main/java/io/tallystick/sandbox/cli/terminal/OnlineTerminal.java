package io.tallystick.sandbox.cli.terminal;

import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.device.TerminalFile;
import io.tallystick.sandbox.cli.device.TerminalOption;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.platform.CodePayments;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import picocli.CommandLine.Mixin;

/// A terminal with its connection to verify-service. A picocli mixin of mixins.
final class OnlineTerminal {
  @Mixin private TerminalOption terminal;
  @Mixin private PlatformOption platform;

  /// An opened terminal and its connection.
  record Session(Terminal terminal, VerifyConnection connection) implements AutoCloseable {
    CodePayments payments() {
      return terminal.codePayments(connection);
    }

    @Override
    public void close() {
      connection.close();
      terminal.close();
    }
  }

  Session open() {
    TerminalFile file = terminal.read();
    VerifyConnection connection = file.connect(platform.read().grpc().verifyService());
    try {
      return new Session(file.open(), connection);
    } catch (RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }
}
