/// The audit trail: security events in an append-only table.
///
/// Invariants: an event is written in the transaction of what it tells of; the database refuses to
/// change or delete one; details never contain a secret. May be called by every package of the
/// service.
@NullMarked
package io.tallystick.seed.audit;

import org.jspecify.annotations.NullMarked;
