package io.tallystick.clearing.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of looking at the ledger as a whole.
@ConfigMapping(prefix = "tallystick.clearing.audit")
public interface AuditConfig {
  /// How long a half may be alone before it is reported.
  @WithDefault("PT72H")
  Duration halvesGrace();

  /// How long one query of the ledger's check may take.
  @WithDefault("PT5M")
  Duration queryLimit();
}
