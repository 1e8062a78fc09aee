package io.tallystick.kit.audit;

import java.util.List;

/// The logs of a service. Every bean of this type is sealed and can be checked.
public interface AuditLogs {
  List<AuditLog> logs();
}
