package io.tallystick.verify.payment;

import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import io.tallystick.kit.database.Database;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.Presentation;
import io.tallystick.verify.code.Presented;
import io.tallystick.verify.code.postgres.PostgresChanges;
import io.tallystick.verify.code.postgres.PostgresClaims;
import io.tallystick.verify.code.postgres.PostgresOrders;
import io.tallystick.verify.code.postgres.PostgresPresentations;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/// Orders in the database; what many calls write at the same time goes in one transaction.
@Singleton
public class CodeOrders {
  private static final Logger LOG = Logger.getLogger(CodeOrders.class);

  /// Most changes are written behind the answer, and nobody waits for them.
  private static final Duration CHANGES_GATHER = Duration.ofMillis(25);

  private final Database database;
  private final Clock clock;
  private final CodeConfig config;
  private final Coalescer<Presentation, Presented> presentations;
  private final Coalescer<OrderChange, Boolean> changes;

  @Inject
  CodeOrders(
      Database database,
      Coalescers coalescers,
      Clock clock,
      CodeConfig config,
      GuessConfig guesses) {
    this.database = database;
    this.clock = clock;
    this.config = config;
    Limits limits = Limits.of(config.queue(), config.batch(), config.drainers());
    PostgresPresentations present = new PostgresPresentations(guesses.policy());
    this.presentations =
        coalescers.create(
            "presentations",
            limits,
            batch -> database.inTransaction(handle -> present.present(handle, batch)));
    this.changes =
        coalescers.create(
            "order-changes",
            Limits.of(config.queue(), config.batch(), 1).gathering(CHANGES_GATHER),
            batch -> database.inTransaction(handle -> PostgresChanges.apply(handle, batch)));
  }

  /// Server time as PostgreSQL keeps it, so that an answer and its repetition are equal.
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  public Presented present(Presentation presentation) {
    return presentations.call(presentation);
  }

  public Optional<CodeOrder> find(OrderKey key) {
    return database.read(handle -> PostgresOrders.find(handle, key));
  }

  /// Writes a change and waits for it; true when the order changed by it.
  public boolean change(OrderChange change) {
    return changes.call(change);
  }

  /// Takes in clearing-service's word and returns the order as it now is.
  ///
  /// A first word is written behind the answer: whatever is read of the payment later says as much.
  /// A later one is written before it is answered. Else the event of the first, still on its way,
  /// could be written after the answer, and the caller be told of less than he was told before.
  public CodeOrder hear(CodeOrder order, ClearingWord word) {
    OrderChange change = OrderChange.hearing(order, word);
    if (word.revision() == ClearingWord.FIRST_REVISION) {
      changeBehind(change);
    } else if (!change(change)) {
      return reread(order.key());
    }
    return order.with(word.state(), word.revision());
  }

  /// An order that was found before.
  public CodeOrder reread(OrderKey key) {
    return find(key).orElseThrow(() -> new AssertionError("orders are not deleted"));
  }

  /// Writes a change behind the caller's answer. Losing it loses nothing: whoever meets the order
  /// next asks clearing-service again.
  public void changeBehind(OrderChange change) {
    try {
      var _ =
          changes
              .submit(change)
              .whenComplete((_, failure) -> {
                if (failure != null) {
                  LOG.debugf("order change is left to the sweep: %s", failure);
                }
              });
    } catch (RejectedExecutionException full) {
      LOG.debugf("order change is left to the sweep: %s", full.getMessage());
    }
  }

  /// Takes over an authorising order that nobody works on.
  public Optional<CodeOrder> claim(OrderKey key) {
    Instant now = now();
    return database.inTransaction(
        handle -> PostgresClaims.claim(handle, key, now, now.plus(config.claim())));
  }

  /// Takes over authorising orders that are too old to be paid and that nobody works on.
  public List<CodeOrder> claimStale(int most) {
    Instant now = now();
    return database.inTransaction(handle ->
        PostgresClaims.claimStale(
            handle, now.minus(config.resumeFor()), now, now.plus(config.claim()), most));
  }

  /// Leaves the mark of a reversal unless the order is there; returns the order either way.
  public CodeOrder markReversed(OrderKey key, String paymentId, TerminalId terminal) {
    Instant now = now();
    return database.inTransaction(handle -> {
      PostgresOrders.markReversed(handle, key, paymentId, terminal, now);
      return PostgresOrders.find(handle, key)
          .orElseThrow(() -> new AssertionError("the order was there or was inserted"));
    });
  }
}
