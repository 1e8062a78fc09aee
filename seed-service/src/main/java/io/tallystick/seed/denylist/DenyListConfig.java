package io.tallystick.seed.denylist;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// The deny list.
@ConfigMapping(prefix = "tallystick.seed.deny-list")
public interface DenyListConfig {
  /// How old a signature may be before an unchanged list is signed again with a fresh time.
  @WithDefault("PT1M")
  Duration refresh();

  /// Versions back from which a delta is given; beyond that the whole list is.
  @WithDefault("1000")
  @Min(1)
  @Max(100000)
  int deltaVersions();

  /// Deltas kept encoded in memory.
  @WithDefault("64")
  @Min(1)
  @Max(10000)
  int cachedDeltas();
}
