package io.tallystick.clearing.bill;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.tallystick.clearing.bill.postgres.PostgresReplica;
import io.tallystick.clearing.bill.postgres.PostgresReplica.Answer;
import io.tallystick.clearing.bill.postgres.PostgresReplica.Position;
import io.tallystick.clearing.bill.postgres.PostgresReplica.Refusal;
import io.tallystick.kit.database.Database;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Transactions that read bills: on the replica, where there is one and it has everything that was
/// committed when the read began; on the primary otherwise. So no answer is older than its
/// question, whoever gives it.
@Singleton
public class BillReads {
  private final Database primary;
  private final @Nullable PostgresReplica replica;
  private final Counter byReplica;
  private final Counter byPrimary;
  private final Map<Refusal, Counter> fallbacks;

  @Inject
  BillReads(
      Database primary,
      BillsConfig config,
      @ConfigProperty(name = "tallystick.database.username") String username,
      @ConfigProperty(name = "tallystick.database.password") String password) {
    this(
        primary,
        config.replicaUrl().map(url -> PostgresReplica.open(url, username, password, config)));
  }

  BillReads(Database primary, Optional<PostgresReplica> replica) {
    this.primary = primary;
    this.replica = replica.orElse(null);
    this.byReplica = reads("replica");
    this.byPrimary = reads("primary");
    this.fallbacks =
        Arrays.stream(Refusal.values())
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    BillReads::fallback,
                    (one, _) -> one,
                    () -> new EnumMap<>(Refusal.class)));
  }

  private static Counter reads(String source) {
    return Metrics.counter("tallystick.clearing.bill.reads", "source", source);
  }

  private static Counter fallback(Refusal cause) {
    return Metrics.counter("tallystick.clearing.bill.fallbacks", "cause", cause.text());
  }

  /// Runs `work` in a read-only transaction at READ COMMITTED.
  public <T> T read(Function<Handle, T> work) {
    PostgresReplica asked = replica;
    if (asked != null) {
      switch (answer(asked, work)) {
        case Answer.Given<T> given -> {
          byReplica.increment();
          return given.value();
        }
        case Answer.Refused<T> refused -> fallbacks.get(refused.cause()).increment();
      }
    }
    byPrimary.increment();
    return primary.read(work::apply);
  }

  private <T> Answer<T> answer(PostgresReplica asked, Function<Handle, T> work) {
    if (asked.isResting()) {
      return new Answer.Refused<>(Refusal.RESTING);
    }
    Optional<Position> committed = primary.read(Position::of);
    return committed
        .map(position -> asked.read(position, work))
        .orElse(new Answer.Refused<>(Refusal.OTHER_HISTORY));
  }

  @PreDestroy
  void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
