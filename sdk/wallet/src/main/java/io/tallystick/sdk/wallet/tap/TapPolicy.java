package io.tallystick.sdk.wallet.tap;

import java.time.Duration;

/**
 * What the payer lets the wallet sign, within what the issuer authorised.
 *
 * @param beyondAllowance whether to sign taps that the hold doesn't cover; the terminal's policy
 *     decides whether it takes them
 * @param whileLocked whether to sign while the phone is locked
 * @param clockTolerance by which the terminal's clock may differ from the wallet's time
 */
public record TapPolicy(boolean beyondAllowance, boolean whileLocked, Duration clockTolerance) {
  /** Beyond the allowance yes, while locked no, ten minutes. */
  public static final TapPolicy DEFAULT = new TapPolicy(true, false, Duration.ofMinutes(10));

  public TapPolicy {
    if (clockTolerance.isNegative()) {
      throw new IllegalArgumentException("clockTolerance is negative: " + clockTolerance);
    }
  }
}
