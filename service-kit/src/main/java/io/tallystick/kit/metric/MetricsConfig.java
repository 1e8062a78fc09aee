package io.tallystick.kit.metric;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How metrics are measured.
@ConfigMapping(prefix = "tallystick.metrics")
public interface MetricsConfig {
  /// How often gauges are read from tables. A scrape only sees what was read last.
  @WithDefault("5S")
  Duration sampleEvery();
}
