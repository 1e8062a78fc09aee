package io.tallystick.sandbox.cli.wallet;

import picocli.CommandLine.Option;

/// The payment password that a command asks for. A picocli mixin.
final class PaymentPasswordOption {
  @Option(
      names = "--payment-password",
      required = true,
      arity = "0..1",
      interactive = true,
      paramLabel = "PASSWORD",
      description = "The payment password; asked for when left empty.")
  private String password;

  String value() {
    return password;
  }
}
