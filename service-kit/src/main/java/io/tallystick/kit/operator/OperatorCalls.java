package io.tallystick.kit.operator;

import io.tallystick.kit.audit.AuditLog;
import io.tallystick.kit.audit.AuditLogs;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.EventIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// The trail of operators' calls, in the service's own schema.
@Singleton
public class OperatorCalls implements AuditLogs {
  private final Database database;
  private final Clock clock;

  OperatorCalls(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Writes a call down, in a transaction of its own. Whoever calls this goes on only if it
  /// returns.
  public void record(OperatorCall call) {
    Instant now = clock.instant();
    database.useTransaction(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO operator_call (call_id, began_at, caller, call, request)
                VALUES (:id, :now::timestamptz, :caller, :call, :request)
                """)
            .bind("id", EventIds.at(now))
            .bind("now", now.toString())
            .bind("caller", call.caller())
            .bind("call", call.call())
            .bind("request", call.request())
            .execute());
  }

  @Override
  public List<AuditLog> logs() {
    return List.of(
        new AuditLog(
            "operator_call",
            List.of("call_id", AuditLog.micros("began_at"), "caller", "call", "request")));
  }
}
