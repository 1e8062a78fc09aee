package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;

/**
 * How far the device has got with its taps. The counter and the log belong to the device and go on
 * through renewals; the allowance belongs to the authorisation.
 *
 * @param lastCounter of the last tap signed, 0 for none
 * @param allowanceLeftMinor what the hold still covers; below zero when taps went beyond it
 * @param tapsSinceOnline taps signed since every half with a receipt was uploaded
 * @param logHead head of the wallet's log
 */
public record TapUse(
    Counter lastCounter, long allowanceLeftMinor, int tapsSinceOnline, LogHead logHead) {
  public TapUse {
    requireNonNull(lastCounter, "lastCounter is null");
    requireNonNull(logHead, "logHead is null");
    if (tapsSinceOnline < 0) {
      throw new IllegalArgumentException("tapsSinceOnline is negative: " + tapsSinceOnline);
    }
  }

  /** A device that has not tapped yet. */
  public static TapUse fresh(long allowanceMinor) {
    return new TapUse(Counter.of(0), allowanceMinor, 0, LogHead.GENESIS);
  }

  /** The same device with another hold. */
  public TapUse withAllowanceLeft(long minor) {
    return new TapUse(lastCounter, minor, tapsSinceOnline, logHead);
  }

  /** Every half is with the platform. */
  public TapUse online() {
    return new TapUse(lastCounter, allowanceLeftMinor, 0, logHead);
  }
}
