package io.tallystick.clearing.ledger;

/// What stands in an account, in minor units.
///
/// @param postedMinor the sum of the account's entries
/// @param heldMinor the part of it that pending holds set aside
public record Balance(long postedMinor, long heldMinor) {
  public static final Balance ZERO = new Balance(0, 0);

  public Balance {
    if (heldMinor < 0) {
      throw new IllegalArgumentException("heldMinor is negative: " + heldMinor);
    }
  }

  /// What may be spent.
  public long freeMinor() {
    return postedMinor - heldMinor;
  }

  Balance plus(long dPostedMinor, long dHeldMinor) {
    return new Balance(
        Math.addExact(postedMinor, dPostedMinor), Math.addExact(heldMinor, dHeldMinor));
  }
}
