package io.tallystick.risk.scoring;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.risk.RiskConfig;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.decision.Scored;
import io.tallystick.risk.observation.Observation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Inline questions about code payments. Questions in flight together are decided in one
/// transaction.
@Singleton
public class Assessments {
  private final Database database;
  private final Scorer scorer;
  private final Coalescer<Observation, Decision> coalescer;

  @Inject
  Assessments(Database database, Scorer scorer, Coalescers coalescers, RiskConfig config) {
    this.database = database;
    this.scorer = scorer;
    RiskConfig.Assess limits = config.assess();
    this.coalescer =
        coalescers.create(
            "assess",
            new Limits(limits.queue(), limits.batch(), limits.drainers(), limits.patience()),
            this::decide);
  }

  /// Decides a payment, or gives the decision it has.
  ///
  /// @throws io.tallystick.kit.error.ApiException `ALREADY_EXISTS` if the payment id was decided
  ///   for another payment, `UNAVAILABLE` or `DEADLINE_EXCEEDED` if there is no answer in time
  public Decision assess(Observation observation) {
    Decision decision = coalescer.call(observation);
    List<String> differing = differing(decision.observation(), observation);
    if (!differing.isEmpty()) {
      throw ApiErrors.keyReused(observation.paymentId(), String.join(", ", differing));
    }
    return decision;
  }

  private List<Decision> decide(List<Observation> observations) {
    Map<String, Scored> scored =
        database.inTransaction(handle -> scorer.score(handle, observations));
    return observations.stream()
        .map(observation ->
            requireNonNull(scored.get(observation.paymentId()), "not scored").decision())
        .toList();
  }

  /// A payment presented again may be presented at another time, but not be another payment.
  private static List<String> differing(Observation first, Observation again) {
    List<String> names = new ArrayList<>();
    differ(names, "payer_id", first.payerId(), again.payerId());
    differ(names, "device_id", first.deviceId(), again.deviceId());
    differ(names, "merchant_id", first.merchantId(), again.merchantId());
    differ(names, "terminal_id", first.terminalId(), again.terminalId());
    differ(names, "amount", first.amount(), again.amount());
    differ(names, "instrument_kind", first.way(), again.way());
    return names;
  }

  private static void differ(List<String> names, String name, Object first, Object again) {
    if (!Objects.equals(first, again)) {
      names.add(name);
    }
  }
}
