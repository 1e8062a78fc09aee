package io.tallystick.clearing.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of making payments.
@ConfigMapping(prefix = "tallystick.clearing.pay")
public interface PayConfig {
  /// Transactions of payments at the same time. A payer's payments always take the same lane. More
  /// lanes mean smaller batches: few lanes are faster until the database has cores to spare.
  @WithDefault("2")
  int lanes();

  /// Most payments in one transaction.
  @WithDefault("256")
  int batch();

  /// Most payments waiting in one lane; one more is refused with UNAVAILABLE.
  @WithDefault("4096")
  int queue();

  /// How long a call waits for its transaction before DEADLINE_EXCEEDED.
  @WithDefault("PT5S")
  Duration answerWithin();
}
