package io.tallystick.sandbox.cli.keys;

import io.tallystick.sandbox.base.TransitWrapping;
import io.tallystick.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The transit engine of Vault or OpenBao that wraps keys.
final class TransitOptions {
  @Option(
      names = "--transit-address",
      required = true,
      description = "Of Vault: https://host:port; or http:// of an agent on this host.")
  private URI address;

  @Option(
      names = "--transit-key",
      required = true,
      description = "Name of the key that wraps, of type aes256-gcm96.")
  private String key;

  @Option(
      names = "--transit-mount",
      defaultValue = "transit",
      description = "Where the engine is mounted; ${DEFAULT-VALUE} unless said.")
  private String mount;

  @Option(
      names = "--transit-token-file",
      description = "A file with a token that may encrypt; not needed with an agent that adds one.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--transit-ca",
      description = "PEM with the authorities of Vault's certificate; Java's own unless said.")
  private @Nullable Path ca;

  @Option(names = "--transit-namespace", description = "Namespace of Vault Enterprise or OpenBao.")
  private @Nullable String namespace;

  /// What stands behind the version in the file.
  String wrap(String service, int version, byte[] plain) {
    try {
      return new TransitWrapping(address, mount, key, tokenFile, ca, namespace)
          .wrap(service, version, plain);
    } catch (IllegalArgumentException unusable) {
      throw CommandFailure.usage("the transit engine can't be asked: " + unusable.getMessage());
    } catch (GeneralSecurityException | IOException failed) {
      throw CommandFailure.refused("the transit engine did not wrap the key: " + failed);
    }
  }
}
