package io.tallystick.verify.terminal.postgres;

import io.tallystick.kit.audit.AuditLog;
import io.tallystick.kit.audit.AuditLogs;
import jakarta.inject.Singleton;
import java.util.List;

/// The trail of terminals under a hash chain.
@Singleton
class TerminalEventLog implements AuditLogs {
  @Override
  public List<AuditLog> logs() {
    return List.of(
        new AuditLog(
            "terminal_event",
            List.of(
                "event_id",
                AuditLog.micros("occurred_at"),
                "kind",
                "merchant_id",
                "terminal_id",
                "actor",
                "reason")));
  }
}
