package io.tallystick.sandbox.soak.check;

import java.sql.SQLException;

/// One thing that must hold, whatever was done to the platform.
interface Check {
  /// What must hold.
  String name();

  /// Compares what callers claim with what the databases say.
  void run(Claims claims, Sql sql, Findings findings) throws SQLException;
}
