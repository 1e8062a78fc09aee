package io.tallystick.kit.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// Certificate files of this service (ADR 0004).
@ConfigMapping(prefix = "tallystick.tls")
public interface TlsConfig {
  /// PEM, this service's chain, leaf first: server towards callers, client towards peers.
  Path certificate();

  /// PEM, PKCS#8, the private key of it.
  Path key();

  /// PEM, the authority that signs every client and service certificate; several while one follows
  /// another.
  Path ca();

  /// How often files are read again, so that certificates are replaced without a restart.
  @WithDefault("PT1M")
  Duration reload();
}
