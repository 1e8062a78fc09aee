package io.tallystick.verify.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Registered terminals.
@ConfigMapping(prefix = "tallystick.verify.terminals")
public interface TerminalConfig {
  /// How long a replica remembers a terminal: a retirement or change made at another replica shows
  /// at most this much later.
  @WithDefault("PT1S")
  Duration remember();

  /// Most terminals remembered.
  @WithDefault("20000")
  int remembered();
}
