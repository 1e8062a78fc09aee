package io.tallystick.sandbox.cli;

import java.nio.file.Path;

/// The one folder that everything the sandbox writes stays below: `.tally` in the checkout.
public final class StateFolder {
  private StateFolder() {}

  /// The folder of one use: `up`, `demo`, `test`.
  public static Path of(String use) {
    return root().resolve(".tally").resolve(use);
  }

  /// The checkout: what the `tally` script passes, or the working directory.
  public static Path root() {
    return Path.of(System.getProperty("tally.root", ".")).toAbsolutePath().normalize();
  }
}
