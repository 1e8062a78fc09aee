package io.tallystick.verify.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Halves of taps.
@ConfigMapping(prefix = "tallystick.verify.taps")
public interface TapConfig {
  /// Longest half, in bytes.
  @WithDefault("4096")
  int longestHalf();

  /// By which the clocks of wallets and terminals may differ.
  @WithDefault("PT2M")
  Duration clockSkew();

  /// After the tap; a later upload is taken and flagged late.
  @WithDefault("PT72H")
  Duration grace();

  /// After the tap; a later upload is refused.
  @WithDefault("P30D")
  Duration latest();

  /// How long a device's state is remembered: revocation shows at most this much later.
  @WithDefault("PT1S")
  Duration rememberDevices();

  /// Most halves of one stream between arrival and acknowledgement.
  @WithDefault("128")
  int inFlightPerStream();

  /// Most streams on one replica.
  @WithDefault("256")
  int streams();

  /// Most REST uploads at the same time on one replica.
  @WithDefault("64")
  int uploads();

  /// Largest batch of the transaction that stores halves.
  @WithDefault("256")
  int batch();

  /// Most halves waiting for that transaction.
  @WithDefault("32768")
  int queue();

  /// Such transactions at a time.
  @WithDefault("2")
  int drainers();

  /// How long a half may wait for its transaction.
  @WithDefault("PT30S")
  Duration patience();
}
