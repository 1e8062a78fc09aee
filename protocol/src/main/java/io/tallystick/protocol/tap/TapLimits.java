package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import java.time.Duration;
import java.util.Optional;

/**
 * The verifier's own limits.
 *
 * @param clockSkew by which a wallet's clock may differ
 * @param maxTapAge beyond which an uploaded tap is refused
 * @param floorLimit the most this terminal takes offline, if there is a limit
 * @param atRiskLimit the most this terminal takes when the hold does not cover it, if there is a
 *     limit; an amount of zero refuses every tap at risk
 */
public record TapLimits(
    Duration clockSkew,
    Duration maxTapAge,
    Optional<Money> floorLimit,
    Optional<Money> atRiskLimit) {

  /** Two minutes of skew, thirty days of age, no limits of amount. */
  public static final TapLimits DEFAULT =
      new TapLimits(Duration.ofMinutes(2), Duration.ofDays(30), Optional.empty(), Optional.empty());

  public TapLimits {
    requireNonNull(floorLimit, "floorLimit is null");
    requireNonNull(atRiskLimit, "atRiskLimit is null");
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("clockSkew is negative: " + clockSkew);
    }
    if (maxTapAge.isNegative()) {
      throw new IllegalArgumentException("maxTapAge is negative: " + maxTapAge);
    }
  }
}
