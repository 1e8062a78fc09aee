package io.tallystick.clearing.audit.postgres;

import io.tallystick.kit.audit.AuditLog;
import io.tallystick.kit.audit.AuditLogs;
import jakarta.inject.Singleton;
import java.util.List;

/// The history of payments under a hash chain.
@Singleton
class PaymentChangeLog implements AuditLogs {
  @Override
  public List<AuditLog> logs() {
    return List.of(
        new AuditLog(
            "payment_change",
            List.of(
                "payer_id",
                "payment_id",
                "revision",
                "state",
                "previous_state",
                "reasons",
                AuditLog.micros("changed_at"))));
  }
}
