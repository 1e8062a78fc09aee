package io.tallystick.seed.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// The platform root, which is kept offline, and the network's profile.
@ConfigMapping(prefix = "tallystick.seed")
public interface TrustConfig {
  /// The root's public key: 33 bytes, compressed, in Base64. Either this or the file is set.
  Optional<String> rootPublicKey();

  /// The root's public key as PEM, or the Base64 form, in a file.
  Optional<Path> rootPublicKeyFile();

  /// Format choices of the network: `default` or `alternate` (docs/protocol).
  @WithDefault("default")
  Profile networkProfile();

  /// The profiles of `protocol`.
  enum Profile {
    DEFAULT,
    ALTERNATE
  }
}
