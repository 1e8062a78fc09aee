package io.tallystick.verify.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The work in the background.
@ConfigMapping(prefix = "tallystick.verify.housekeeping")
public interface HousekeepingConfig {
  /// How often stale orders are looked for and old rows deleted.
  @WithDefault("PT10S")
  Duration every();

  /// Whether this process does it; off only for tests that do it step by step.
  @WithDefault("true")
  boolean enabled();
}
