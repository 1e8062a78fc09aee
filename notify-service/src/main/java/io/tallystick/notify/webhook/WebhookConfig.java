package io.tallystick.notify.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Limits of webhooks.
@ConfigMapping(prefix = "tallystick.notify.webhook")
public interface WebhookConfig {
  /// For development only: allows `http`, and loopback and private addresses.
  @WithDefault("false")
  boolean allowLocal();

  /// Name of a TLS configuration (`quarkus.tls.<name>.trust-store…`) with further authorities to
  /// trust; those of the Java platform when absent.
  Optional<String> tlsConfiguration();

  /// Attempts before a delivery is given up; a redelivery gets as many again.
  @WithDefault("16")
  int attempts();

  /// Pause after the first failure; doubles up to the longest, with jitter. The attempts of the
  /// defaults take between 12 and 23 hours.
  @WithDefault("5S")
  Duration firstPause();

  @WithDefault("6H")
  Duration longestPause();

  /// How long connecting may take.
  @WithDefault("5S")
  Duration connectTimeout();

  /// How long an attempt may take in all.
  @WithDefault("15S")
  Duration timeout();

  /// Bytes of an answer that are read; more ends the attempt as a failure.
  @WithDefault("65536")
  int largestResponse();

  /// Attempts under way to one endpoint, over all replicas.
  @WithDefault("4")
  int perEndpoint();

  /// Attempts under way at one replica.
  @WithDefault("64")
  int batch();

  /// How often the queue is looked through when nothing woke it.
  @WithDefault("500MS")
  Duration pollInterval();

  /// How long a replaced secret goes on signing.
  @WithDefault("24H")
  Duration rotationOverlap();

  /// Deliveries are deleted after this long.
  @WithDefault("30D")
  Duration retention();
}
