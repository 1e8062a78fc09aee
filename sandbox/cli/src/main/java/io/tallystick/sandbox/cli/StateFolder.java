package io.tallystick.sandbox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The one folder that everything the sandbox writes stays below: `.tally` in the checkout.
public final class StateFolder {
  private StateFolder() {}

  /// The folder of one use: `up`, `demo`, `test`.
  public static Path of(String use) {
    return root().resolve(".tally").resolve(use);
  }

  /// Deletes a folder and all below it; a missing one is fine.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// The checkout: what the `tally` script passes, or the working directory.
  public static Path root() {
    return Path.of(System.getProperty("tally.root", ".")).toAbsolutePath().normalize();
  }
}
