package io.tallystick.clearing.review.postgres;

import io.tallystick.kit.audit.AuditLog;
import io.tallystick.kit.audit.AuditLogs;
import jakarta.inject.Singleton;
import java.util.List;

/// Who decided what, under a hash chain.
@Singleton
class ReviewLog implements AuditLogs {
  @Override
  public List<AuditLog> logs() {
    return List.of(
        new AuditLog(
            "review",
            List.of(
                "payer_id",
                "payment_id",
                "officer",
                "decision",
                "explanation",
                AuditLog.micros("decided_at"))));
  }
}
