package io.tallystick.clearing.review;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.Map;

/// How many officers a review takes.
@ConfigMapping(prefix = "tallystick.clearing.review")
public interface ReviewConfig {
  /// Above this amount, in minor units of the payment's currency, two officers must decide alike;
  /// up to it one does. 0: always two.
  @WithDefault("100000")
  @Min(0)
  long fourEyesAboveMinor();

  /// The same for single currencies, by their codes of ISO 4217: minor units are not worth alike.
  Map<String, @Min(0) Long> fourEyesAboveMinorIn();
}
