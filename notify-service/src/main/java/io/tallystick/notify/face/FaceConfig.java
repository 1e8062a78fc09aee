package io.tallystick.notify.face;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of answering by face.
@ConfigMapping(prefix = "tallystick.notify.face")
public interface FaceConfig {
  /// How long options, for a registration or an answer, are good.
  @WithDefault("5M")
  Duration ceremonyValidity();

  /// Ceremonies for one challenge.
  @WithDefault("10")
  int ceremonies();

  /// Passkeys of one payer.
  @WithDefault("10")
  int passkeys();

  /// Creation options of one payer that are not answered yet; asking for more drops the oldest.
  @WithDefault("3")
  int openRegistrations();
}
