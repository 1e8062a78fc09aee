package io.tallystick.sandbox.soak.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Runs every check over one snapshot.
public final class SoakChecker {
  private static final List<Check> CHECKS =
      List.of(
          new OrdersKept(),
          new PaidOnce(),
          new BalancesComputed(),
          new ZeroSums(),
          new HalvesAccounted(),
          new ChallengesEnded(),
          new AtRest());

  private SoakChecker() {}

  /// @param claims what callers say
  /// @param connection that may read every schema; the checks run in its transaction
  public static Findings check(Claims claims, Connection connection) throws SQLException {
    Findings findings = new Findings();
    for (Check check : CHECKS) {
      findings.begin(check.name());
      check.run(claims, new Sql(connection), findings);
    }
    return findings;
  }
}
