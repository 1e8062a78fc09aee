package io.tallystick.risk.replay;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.rest.TimeCursor;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.postgres.DecisionTable;
import io.tallystick.risk.postgres.ThresholdsTable;
import io.tallystick.risk.rule.RuleBook;
import io.tallystick.risk.thresholds.Thresholds;
import io.tallystick.risk.thresholds.ThresholdsException;
import io.tallystick.risk.thresholds.ThresholdsFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Replays decisions, a page at a time.
@Singleton
public class Replay {
  private static final Logger LOG = Logger.getLogger(Replay.class);

  private final Database database;

  @Inject
  Replay(Database database) {
    this.database = database;
  }

  /// @param other thresholds to compare with; null for none
  /// @param most how many decisions, oldest first
  public List<Replayed> replay(
      Instant from, Instant to, @Nullable TimeCursor after, int most, @Nullable Thresholds other) {
    return database.read(handle -> {
      Map<String, Optional<RuleBook>> books = new HashMap<>();
      return DecisionTable.inOrder(handle, from, to, after, most).stream()
          .map(decision ->
              judge(
                  decision,
                  books.computeIfAbsent(
                      decision.thresholdsVersion(), version -> book(handle, version)),
                  other))
          .toList();
    });
  }

  private static Replayed judge(
      Decision decision, Optional<RuleBook> own, @Nullable Thresholds other) {
    return new Replayed(
        decision,
        own.map(book -> book.judge(decision.observation(), decision.history())),
        Optional.ofNullable(other)
            .map(given -> given.ruleBook().judge(decision.observation(), decision.history())),
        other != null
            && own.filter(book -> book.reach().covers(other.ruleBook().reach())).isEmpty());
  }

  /// The thresholds of a version, exactly: what reads as another version is not it.
  private static Optional<RuleBook> book(Handle handle, String version) {
    try {
      return ThresholdsTable.find(handle, version)
          .map(effective -> ThresholdsFile.kept(version, effective).ruleBook())
          .filter(book -> book.version().equals(version));
    } catch (ThresholdsException unreadable) {
      LOG.warnf("decisions of %s can't be replayed: %s", version, unreadable.getMessage());
      return Optional.empty();
    }
  }
}
