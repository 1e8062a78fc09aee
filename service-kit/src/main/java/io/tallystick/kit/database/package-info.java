/// Explicit SQL through JDBI on virtual threads, and what must be stored in the transaction of an
/// effect: idempotency keys.
///
/// Invariants: one transaction per unit of work, never nested; what is retried is known not to have
/// been committed. Bound values never appear in exceptions or logs.
@NullMarked
package io.tallystick.kit.database;

import org.jspecify.annotations.NullMarked;
