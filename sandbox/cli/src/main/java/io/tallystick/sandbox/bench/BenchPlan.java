package io.tallystick.sandbox.bench;

import java.time.Duration;
import java.util.List;

/// How long and how much.
///
/// @param accounts the three populations, rising
/// @param training how long payments are made for the AOT caches
/// @param warmUpLimit the longest that a load runs before it is measured; it ends earlier when the
///   rate stops rising
/// @param measured of each load on the platform
/// @param reference of each reference
public record BenchPlan(
    List<Integer> accounts,
    Duration training,
    Duration warmUpLimit,
    Duration measured,
    Duration reference) {
  public BenchPlan {
    accounts = List.copyOf(accounts);
    if (accounts.size() != 3) {
      throw new IllegalArgumentException("accounts are not three populations: " + accounts);
    }
  }

  /// 10³, 10⁵ and 10⁶ accounts.
  public static BenchPlan full(Duration warmUpLimit) {
    return new BenchPlan(
        List.of(1_000, 100_000, 1_000_000),
        Duration.ofSeconds(90),
        warmUpLimit,
        Duration.ofSeconds(15),
        Duration.ofSeconds(15));
  }

  /// 10³, 2·10⁴ and 10⁵ accounts: for a look at a change.
  public static BenchPlan quick(Duration warmUpLimit) {
    return new BenchPlan(
        List.of(1_000, 20_000, 100_000),
        Duration.ofSeconds(45),
        warmUpLimit,
        Duration.ofSeconds(8),
        Duration.ofSeconds(8));
  }
}
