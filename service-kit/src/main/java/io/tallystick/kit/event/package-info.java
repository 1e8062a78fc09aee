/// Events between services: outbox, relay, confirmation, consumers, inbox, dead letters.
///
/// Invariants: PostgreSQL is the truth and Redis may lose everything at any moment; an event is
/// delivered at least once and has its effect once per consumer group; nothing rests on order.
/// Services call [Outbox] and implement [EventHandler]; the rest runs by itself.
@NullMarked
package io.tallystick.kit.event;

import org.jspecify.annotations.NullMarked;
