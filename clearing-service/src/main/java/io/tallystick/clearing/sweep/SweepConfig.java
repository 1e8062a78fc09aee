package io.tallystick.clearing.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How merchants are credited.
@ConfigMapping(prefix = "tallystick.clearing.sweep")
public interface SweepConfig {
  /// How often the clearing buckets are swept; `off` never.
  @WithDefault("1s")
  String every();

  /// Most payments of one sweep's transaction.
  @WithDefault("2000")
  int batch();

  /// Most transactions of one run; the rest waits for the next.
  @WithDefault("100")
  int rounds();
}
