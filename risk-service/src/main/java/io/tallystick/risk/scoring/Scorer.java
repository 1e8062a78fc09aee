package io.tallystick.risk.scoring;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.event.EventIds;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.decision.Scored;
import io.tallystick.risk.history.Caution;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.HistoryPool;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.postgres.DecisionTable;
import io.tallystick.risk.postgres.HistoryTables;
import io.tallystick.risk.postgres.ProfileTable;
import io.tallystick.risk.rule.Finding;
import io.tallystick.risk.rule.RuleBook;
import io.tallystick.risk.thresholds.RuleBooks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Decides a batch of payments in the caller's transaction.
@Singleton
public class Scorer {
  /// Within a batch, which came together, payments are decided in the order in which they were
  /// received, and those received at one moment in the order in which they were made.
  private static final Comparator<Observation> ARRIVAL =
      Comparator.comparing(Observation::receivedAt)
          .thenComparing(Observation::paidAt)
          .thenComparing(Observation::paymentId);

  private final RuleBooks ruleBooks;
  private final Clock clock;

  @Inject
  Scorer(RuleBooks ruleBooks, Clock clock) {
    this.ruleBooks = ruleBooks;
    this.clock = clock;
  }

  /// Decides those payments that have no decision yet. Locks the payers until the transaction ends.
  ///
  /// @return by payment id, one for each payment however often it occurs in the batch
  public Map<String, Scored> score(Handle handle, Collection<Observation> observations) {
    List<Observation> asked = firstOfEach(observations);
    RuleBook ruleBook = ruleBooks.current().ruleBook();
    Map<String, Caution> cautions = new HashMap<>();
    Map<String, Decision> known = new HashMap<>();
    // One round trip. History is read of payments decided before, too: they are few.
    Pipeline pipeline = Pipeline.on(handle);
    ProfileTable.lock(pipeline, asked.stream().map(Observation::payerId).toList(), cautions::put);
    DecisionTable.find(
        pipeline,
        asked.stream().map(Observation::paymentId).toList(),
        decision -> known.put(decision.paymentId(), decision));
    HistoryPool pool = HistoryTables.load(pipeline, asked, ruleBook.reach());
    pipeline.send();
    cautions.forEach(pool::putCaution);
    List<Observation> undecided =
        asked.stream().filter(o -> !known.containsKey(o.paymentId())).toList();
    List<Decision> decisions = new ArrayList<>();
    for (Observation observation : undecided) {
      decisions.add(decide(observation, pool, ruleBook));
      pool.add(observation);
    }
    DecisionTable.insert(handle, decisions);
    handle.afterCommit(() -> decisions.forEach(Scorer::count));
    Map<String, Scored> scored = new LinkedHashMap<>();
    decisions.forEach(decision -> scored.put(decision.paymentId(), new Scored.Fresh(decision)));
    known.forEach((paymentId, decision) -> scored.put(paymentId, new Scored.Known(decision)));
    return scored;
  }

  private Decision decide(Observation observation, HistoryPool pool, RuleBook ruleBook) {
    History history = pool.of(observation, ruleBook.reach());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Decision(
        EventIds.at(now),
        observation,
        history,
        ruleBook.judge(observation, history),
        ruleBook.version(),
        now);
  }

  private static List<Observation> firstOfEach(Collection<Observation> observations) {
    Map<String, Observation> first = new LinkedHashMap<>();
    observations.stream()
        .sorted(ARRIVAL)
        .forEach(observation -> first.putIfAbsent(observation.paymentId(), observation));
    return List.copyOf(first.values());
  }

  private static void count(Decision decision) {
    Metrics.counter(
            "tallystick.risk.decisions",
            "outcome",
            lowerCase(decision.judgement().outcome()),
            "way",
            lowerCase(decision.observation().way()))
        .increment();
    for (Finding reason : decision.judgement().reasons()) {
      Metrics.counter("tallystick.risk.reasons", "rule", reason.rule().wire()).increment();
    }
  }

  private static String lowerCase(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
