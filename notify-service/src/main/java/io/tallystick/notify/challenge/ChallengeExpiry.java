package io.tallystick.notify.challenge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.notify.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends challenges whose time is over. Replicas share the work: each skips what another has locked.
/// An answer in flight holds the lock, so either it or the expiry ends the challenge.
@ApplicationScoped
public class ChallengeExpiry {
  private final ChallengeConfig config;
  private final Database database;
  private final ChallengeStore store;
  private final ChallengeEnds ends;
  private final Clock clock;
  private @Nullable Worker worker;

  ChallengeExpiry(
      ChallengeConfig config,
      Database database,
      ChallengeStore store,
      ChallengeEnds ends,
      Clock clock) {
    this.config = config;
    this.database = database;
    this.store = store;
    this.ends = ends;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    worker = Worker.start("challenge-expiry", config.expiryInterval(), this::expire);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (worker != null) {
      worker.close();
    }
  }

  private boolean expire() {
    Instant now = clock.instant();
    int ended =
        database.inTransaction(handle -> {
          List<Challenge> overdue = store.lockOverdue(handle, now, config.expiryBatch());
          for (Challenge challenge : overdue) {
            ends.end(handle, challenge, challenge.expired(), null, now);
          }
          return overdue.size();
        });
    return ended == config.expiryBatch();
  }
}
