package io.tallystick.risk.postgres;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every set of thresholds that was in force, so that a decision can be replayed with those it was
/// made with.
public final class ThresholdsTable {
  private ThresholdsTable() {}

  /// Keeps a set of thresholds; a version that is known is left as it is.
  public static void keep(Handle handle, String version, String effectiveText, Instant at) {
    handle
        .createUpdate(
            """
            insert into thresholds (version, effective, in_force_at)
            values (:version, cast(:effective as jsonb), :at) on conflict do nothing
            """)
        .bind("version", version)
        .bind("effective", effectiveText)
        .bind("at", at)
        .execute();
  }

  /// The whole of a set of thresholds, as JSON.
  public static Optional<String> find(Handle handle, String version) {
    return handle
        .createQuery("select effective from thresholds where version = :version")
        .bind("version", version)
        .mapTo(String.class)
        .findOne();
  }
}
