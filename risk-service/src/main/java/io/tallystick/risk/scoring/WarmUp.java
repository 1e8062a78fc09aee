package io.tallystick.risk.scoring;

import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.observation.Way;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Scores a made-up payment when the service starts and rolls it back: the first question of a real
/// payer then finds classes loaded and connections open, and is answered in time instead of
/// stepping up.
@Singleton
public class WarmUp {
  /// After the thresholds were kept.
  private static final int AFTER_THRESHOLDS = 5_000;

  private static final int ROUNDS = 3;

  void score(
      @Observes @Priority(AFTER_THRESHOLDS) StartupEvent started,
      Database database,
      Scorer scorer,
      Clock clock) {
    for (int round = 0; round < ROUNDS; round++) {
      database.useTransaction(handle -> {
        scorer.score(handle, List.of(madeUp(clock.instant())));
        handle.rollback();
        // There must be a transaction to end.
        handle.begin();
      });
    }
  }

  private static Observation madeUp(Instant now) {
    return new Observation(
        "warm-up",
        "warm-up",
        new DeviceId(0),
        Way.ONLINE_CODE,
        MerchantId.of("warm-up"),
        TerminalId.of("warm-up"),
        Money.of(1, "CNY"),
        now,
        now,
        now,
        Place.of(0, 0),
        null);
  }
}
