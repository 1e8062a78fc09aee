package io.tallystick.kit.coalesce;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What all coalescers have in common.
@ConfigMapping(prefix = "tallystick.coalesce")
public interface CoalesceConfig {
  /// How long a drainer that comes back from several requests to fewer lets more come. It adds at
  /// most this to a request under load and nothing without; a longer time makes larger batches,
  /// which spare the database and the processor.
  @WithDefault("PT0.005S")
  Duration gather();
}
