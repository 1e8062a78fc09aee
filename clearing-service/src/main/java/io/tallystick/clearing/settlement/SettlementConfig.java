package io.tallystick.clearing.settlement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/// When and how days are settled.
@ConfigMapping(prefix = "tallystick.clearing.settlement")
public interface SettlementConfig {
  /// Where days begin and end.
  @WithDefault("Asia/Shanghai")
  ZoneId zone();

  /// When the day before is settled (Quartz cron, in the zone of the process); `off` never. More
  /// often than daily costs little and catches up after an outage.
  @WithDefault("0 15 * * * ?")
  String cron();

  /// Most payments that one transaction puts into a batch.
  @WithDefault("5000")
  int chunk();

  /// Most merchants that one transaction looks up.
  @WithDefault("500")
  int merchantPage();
}
