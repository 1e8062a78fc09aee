package io.tallystick.kit.service;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Which service this process is.
@ConfigMapping(prefix = "tallystick.service")
public interface ServiceConfig {
  /// `seed`, `verify`, `clearing`, `risk` or `notify`: also the name of its consumer group, its
  /// database role and its certificate.
  String name();

  /// Name of this replica, unique among those of the service; made up when absent.
  Optional<String> replica();
}
