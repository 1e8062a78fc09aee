package io.tallystick.seed.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.metric.Counters;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;

/// What the audit trail tells of, as numbers.
@Singleton
class SeedMetrics {
  void declare(@Observes StartupEvent started, MeterRegistry registry) {
    Counters.declare(
        registry,
        PostgresAuditTrail.METRIC,
        "Security events that were committed, by kind",
        "kind",
        Arrays.stream(SecurityEventKind.values()).map(SecurityEventKind::text).toList());
  }
}
