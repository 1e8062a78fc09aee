package io.tallystick.verify.trust;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What the platform trusts.
@ConfigMapping(prefix = "tallystick.verify.trust")
public interface TrustConfig {
  /// How long root key and issuer certificates are remembered for checking tokens.
  @WithDefault("PT30S")
  Duration remember();

  /// How old the deny list in a new terminal pack may be on this side.
  @WithDefault("PT2S")
  Duration rememberForPacks();

  /// Authorisations whose signatures are remembered as good.
  @WithDefault("10000")
  int rememberedAuthorisations();

  /// Format choices of the network, as at seed-service: `default` or `alternate` (docs/protocol).
  @WithDefault("default")
  Profile networkProfile();

  /// The profiles of `protocol`.
  enum Profile {
    DEFAULT,
    ALTERNATE
  }
}
