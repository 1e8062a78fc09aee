package io.tallystick.kit.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Periods and limits of sealing.
@ConfigMapping(prefix = "tallystick.audit")
public interface AuditConfig {
  /// How often rows are sealed: the longest that a committed row is unprotected, together with the
  /// longest transaction.
  @WithDefault("PT1S")
  Duration sealEvery();

  /// Most rows of one segment.
  @WithDefault("5000")
  int segmentRows();

  /// How often the head is signed and told to the service's log, if it has moved.
  @WithDefault("PT1M")
  Duration signEvery();
}
