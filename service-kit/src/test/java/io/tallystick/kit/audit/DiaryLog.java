package io.tallystick.kit.audit;

import jakarta.inject.Singleton;
import java.util.List;

/// A log for tests: table `diary`.
@Singleton
class DiaryLog implements AuditLogs {
  static final AuditLog DIARY =
      new AuditLog("diary", List.of("author", AuditLog.micros("at"), "text"));

  @Override
  public List<AuditLog> logs() {
    return List.of(DIARY);
  }
}
