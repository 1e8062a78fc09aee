package io.tallystick.verify.intake;

import io.tallystick.kit.database.Database;
import io.tallystick.verify.tap.Evidence;
import io.tallystick.verify.tap.postgres.PostgresEvidence;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The evidence of double spending, for operators.
@Singleton
public class EvidenceArchive {
  private final Database database;

  @Inject
  EvidenceArchive(Database database) {
    this.database = database;
  }

  /// Newest first.
  public List<Evidence> list(@Nullable String deviceId, @Nullable UUID before, int most) {
    return database.read(handle -> PostgresEvidence.list(handle, deviceId, before, most));
  }
}
