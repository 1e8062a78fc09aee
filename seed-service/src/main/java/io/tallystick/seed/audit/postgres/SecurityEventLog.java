package io.tallystick.seed.audit.postgres;

import io.tallystick.kit.audit.AuditLog;
import io.tallystick.kit.audit.AuditLogs;
import jakarta.inject.Singleton;
import java.util.List;

/// The audit trail under a hash chain.
@Singleton
class SecurityEventLog implements AuditLogs {
  @Override
  public List<AuditLog> logs() {
    return List.of(
        new AuditLog(
            "security_event",
            List.of(
                "event_id",
                AuditLog.micros("occurred_at"),
                "kind",
                "payer_id",
                "device_id",
                "actor",
                "details")));
  }
}
