package io.tallystick.verify.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long verify-service waits for other services, retries included.
@ConfigMapping(prefix = "tallystick.verify.deadlines")
public interface PeerDeadlines {
  /// seed-service's `CheckCode`.
  @WithDefault("PT0.5S")
  Duration checkCode();

  /// seed-service's `GetDevices`, `GetTrustBundle` and `SignTerminalPack`.
  @WithDefault("PT1S")
  Duration trust();

  /// risk-service's `Assess`; without an answer the payment steps up.
  @WithDefault("PT0.25S")
  Duration assess();

  /// clearing-service's `Pay`, `QueryPayment`, `Reverse` and `Refund`.
  @WithDefault("PT2S")
  Duration clearing();
}
