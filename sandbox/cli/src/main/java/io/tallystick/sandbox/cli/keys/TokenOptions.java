package io.tallystick.sandbox.cli.keys;

import io.tallystick.sandbox.base.TokenWrapping;
import io.tallystick.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import picocli.CommandLine.Option;

/// The PKCS#11 token that wraps keys.
final class TokenOptions {
  @Option(names = "--library", required = true, description = "The vendor's PKCS#11 library.")
  private Path library;

  @Option(
      names = "--slot",
      required = true,
      description = "Number of the token's slot, as 'pkcs11-tool -L' shows it.")
  private String slot;

  @Option(names = "--key-label", required = true, description = "Label of the AES key that wraps.")
  private String keyLabel;

  @Option(names = "--pin-file", required = true, description = "A file with the user's PIN.")
  private Path pinFile;

  /// What stands behind the version in the file.
  String wrap(String service, int version, byte[] key) {
    try {
      return new TokenWrapping(library, Long.decode(slot), keyLabel, pinFile)
          .wrap(service, version, key);
    } catch (NumberFormatException noNumber) {
      throw CommandFailure.usage("--slot is not a number: " + slot);
    } catch (GeneralSecurityException | IOException | ProviderException failed) {
      throw CommandFailure.refused("the token did not wrap the key: " + innermost(failed));
    }
  }

  private static String innermost(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
