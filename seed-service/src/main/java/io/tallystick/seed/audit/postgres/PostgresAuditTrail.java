package io.tallystick.seed.audit.postgres;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.seed.audit.SecurityEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/// Appends to table `security_event`.
@Singleton
public class PostgresAuditTrail {
  /// Counter of committed events.
  public static final String METRIC = "tallystick.seed.security.events";

  private final Clock clock;

  PostgresAuditTrail(Clock clock) {
    this.clock = clock;
  }

  public void append(Handle handle, SecurityEvent event) {
    handle
        .createUpdate(
            """
            insert into security_event
              (event_id, occurred_at, kind, payer_id, device_id, actor, details)
            values (gen_random_uuid(), :now, :kind, :payerId, :deviceId, :actor,
              jsonb_object(:names, :values))
            """)
        .bind("now", clock.instant())
        .bind("kind", event.kind().text())
        .bind("payerId", event.payerId().orElse(null))
        .bind("deviceId", event.deviceId().map(Object::toString).orElse(null))
        .bind("actor", event.actor())
        .bindArray("names", String.class, event.details().keySet().stream().toList())
        .bindArray(
            "values",
            String.class,
            event.details().keySet().stream().map(event.details()::get).toList())
        .execute();
    handle.afterCommit(() -> Metrics.counter(METRIC, "kind", event.kind().text()).increment());
  }
}
