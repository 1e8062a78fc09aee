package io.tallystick.risk.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.metric.Counters;
import io.tallystick.risk.observation.Way;
import io.tallystick.risk.rule.RiskOutcome;
import io.tallystick.risk.rule.RuleName;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Locale;

/// Decisions, and the rules that spoke.
@Singleton
class RiskMetrics {
  void declare(@Observes StartupEvent started, MeterRegistry registry) {
    for (RiskOutcome outcome : RiskOutcome.values()) {
      for (Way way : Way.values()) {
        Counter.builder("tallystick.risk.decisions")
            .description("Decisions, by outcome and by how the payment was presented")
            .tags("outcome", lowerCase(outcome), "way", lowerCase(way))
            .register(registry);
      }
    }
    Counters.declare(
        registry, "tallystick.risk.thresholds.reloads", "Thresholds taken up while running");
    Counters.declare(
        registry,
        "tallystick.risk.reasons",
        "Reasons given in decisions, by rule",
        "rule",
        Arrays.stream(RuleName.values()).map(RuleName::wire).toList());
  }

  private static String lowerCase(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
