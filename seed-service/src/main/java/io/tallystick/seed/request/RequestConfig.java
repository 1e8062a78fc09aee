package io.tallystick.seed.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Requests of wallets: proofs, repeats, challenges.
@ConfigMapping(prefix = "tallystick.seed.request")
public interface RequestConfig {
  /// How long an answer with a secret can be had again under its `Idempotency-Key`.
  @WithDefault("PT10M")
  Duration replyTime();

  /// How far `signedAt` of a signed request may be from server time.
  @WithDefault("PT5M")
  Duration signedAtTolerance();

  /// How long an enrolment challenge is good.
  @WithDefault("PT5M")
  Duration challengeTime();

  /// Enrolment challenges of one payer that may wait at a time.
  @WithDefault("10")
  @Min(1)
  @Max(1000)
  int maxChallenges();

  /// How long after its latest try an enrolment that is not complete keeps another one out. Longer
  /// than the deadline of holding the allowance, retries included.
  @WithDefault("PT15S")
  Duration enrolmentTime();

  /// Online codes a device may ask for within a minute.
  @WithDefault("30")
  @Min(1)
  @Max(1000)
  int onlineCodesPerMinute();
}
