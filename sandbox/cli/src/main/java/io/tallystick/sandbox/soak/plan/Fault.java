package io.tallystick.sandbox.soak.plan;

import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.proxy.LinkFault;

/// Harm that is done to the platform.
public sealed interface Fault {
  /// Redis forgets everything, and goes on.
  record FlushRedis() implements Fault {}

  /// Redis is killed and comes back empty.
  record KillRedis(long downMillis) implements Fault {}

  /// A backend of PostgreSQL is killed: the server ends every session, recovers from its log and
  /// starts again.
  record CrashPostgres() implements Fault {}

  /// Every session of the services is ended, whatever it is doing.
  record EndSessions() implements Fault {}

  /// PostgreSQL takes fewer connections than the services want, and those they had are gone.
  record ExhaustConnections(long millis) implements Fault {}

  /// A service is killed, and started again.
  record KillService(ServiceName service, long downMillis) implements Fault {}

  /// A service is killed when it has done what it was asked and its answer is on the way.
  ///
  /// @param link whose next reply is the moment: `verify>clearing`
  record KillBeforeReply(String link, ServiceName service, long waitMillis) implements Fault {}

  /// Something is done to the bytes of some links.
  ///
  /// @param links `from>to`; `*` for any
  record Trouble(String links, LinkFault fault, long millis) implements Fault {}

  /// All connections of some links are reset.
  record Reset(String links) implements Fault {}
}
