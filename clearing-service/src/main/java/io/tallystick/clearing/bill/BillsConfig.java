package io.tallystick.clearing.bill;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Where bills and statements are read.
@ConfigMapping(prefix = "tallystick.clearing.bills")
public interface BillsConfig {
  /// JDBC URL of a streaming replica, to which the service's role logs in as to the primary.
  /// Absent: the primary serves bills too.
  Optional<String> replicaUrl();

  /// Most connections to the replica.
  @WithDefault("8")
  int replicaConnections();

  /// How long a read waits for the replica to have what the primary had committed when the read
  /// began. A replica that needs longer is not asked.
  @WithDefault("PT0.1S")
  Duration replicaWait();

  /// How long the primary serves all reads after the replica was away or behind.
  @WithDefault("PT5S")
  Duration replicaRest();
}
