package io.tallystick.verify.pack;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/// Terminal packs.
@ConfigMapping(prefix = "tallystick.verify.pack")
public interface PackConfig {
  /// Age of its deny list beyond which a terminal refuses every tap.
  @WithDefault("PT24H")
  Duration oldestDenyList();

  /// Largest tap a terminal takes offline, minor units by currency. A currency that is not named is
  /// not taken.
  Map<String, Long> floorLimitsMinor();

  /// How long a pack is given again to the same terminal; its server time is as old as that.
  @WithDefault("PT2S")
  Duration remember();

  /// Most packs remembered.
  @WithDefault("256")
  int remembered();
}
