package io.tallystick.seed.code;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/// Payment codes.
@ConfigMapping(prefix = "tallystick.seed.code")
public interface CodeConfig {
  /// Two digits before every code that a wallet derives.
  @WithDefault("36")
  @Pattern(regexp = "[0-9]{2}")
  String offlinePrefix();

  /// Two digits before every code that this service makes.
  @WithDefault("37")
  @Pattern(regexp = "[0-9]{2}")
  String onlinePrefix();

  /// Look-ups that may wait; one more is UNAVAILABLE.
  @WithDefault("4096")
  @Min(1)
  @Max(1000000)
  int lookupQueue();

  /// Look-ups in one statement.
  @WithDefault("256")
  @Min(1)
  @Max(10000)
  int lookupBatch();

  /// Statements at one time; each takes a database connection.
  @WithDefault("2")
  @Min(1)
  @Max(16)
  int lookupConnections();
}
