package io.tallystick.clearing.allowance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What happens to the allowance of a device that may no longer pay.
@ConfigMapping(prefix = "tallystick.clearing.allowance")
public interface AllowanceConfig {
  /// How long after its device was revoked an allowance stays, for taps that are still under way.
  @WithDefault("PT72H")
  Duration grace();

  /// How often allowances that are due are given back; `off` never.
  @WithDefault("30s")
  String releaseEvery();

  /// Most devices that one transaction of the release takes.
  @WithDefault("200")
  int releaseBatch();

  /// When to look again at an allowance of which a part is still held.
  @WithDefault("PT1M")
  Duration lookAgain();
}
