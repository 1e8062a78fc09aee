package io.tallystick.clearing.settlement;

/// How much of a day's takings is paid out.
final class SettlementRules {
  private SettlementRules() {}

  /// The figures of a batch.
  record Figures(long grossMinor, long returnedMinor, long carriedMinor, long netMinor) {}

  /// Deducts what was given back since the last batch, and what that one carried over, as far as
  /// the gross goes; the rest is carried over again. A merchant's account covers the net always:
  /// what is given back left it when it was given back.
  ///
  /// @param refundsMinor given back since the last batch
  /// @param carriedInMinor carried over by the last batch
  static Figures close(long grossMinor, long refundsMinor, long carriedInMinor) {
    long wantedMinor = Math.addExact(refundsMinor, carriedInMinor);
    long returnedMinor = Math.min(wantedMinor, grossMinor);
    return new Figures(
        grossMinor, returnedMinor, wantedMinor - returnedMinor, grossMinor - returnedMinor);
  }
}
