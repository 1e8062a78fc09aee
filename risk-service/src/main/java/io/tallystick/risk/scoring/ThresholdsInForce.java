package io.tallystick.risk.scoring;

import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.risk.RiskConfig;
import io.tallystick.risk.postgres.ThresholdsTable;
import io.tallystick.risk.thresholds.RuleBooks;
import io.tallystick.risk.thresholds.Thresholds;
import io.tallystick.risk.thresholds.ThresholdsFile;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/// Puts the configured thresholds in force when the service starts. A file that is refused stops
/// the start: a service that judged by other thresholds than it was told to would be worse than
/// none.
@Singleton
public class ThresholdsInForce {
  private static final Logger LOG = Logger.getLogger(ThresholdsInForce.class);

  private final RuleBooks ruleBooks;

  @Inject
  ThresholdsInForce(RiskConfig config) {
    Thresholds thresholds =
        config.thresholds().map(ThresholdsFile::load).orElseGet(ThresholdsFile::shipped);
    this.ruleBooks = new RuleBooks(thresholds);
  }

  @Produces
  @Singleton
  RuleBooks ruleBooks() {
    return ruleBooks;
  }

  /// Keeps the thresholds for replay before the first decision is made with them.
  void keep(@Observes StartupEvent started, Database database, Clock clock) {
    Thresholds thresholds = ruleBooks.current();
    database.useTransaction(handle ->
        ThresholdsTable.keep(
            handle, thresholds.version(), thresholds.effectiveText(), clock.instant()));
    LOG.infof(
        "thresholds %s in force, %d rules",
        thresholds.version(), thresholds.ruleBook().rules().size());
  }
}
