/// What was known of a payer at the moment a payment was scored.
///
/// Invariants: plain values without a framework; every list has a limit; a history names payments
/// by id, so that a decision can say what it rests on. It is stored with the decision as it was, so
/// that the decision can be replayed with other thresholds after the payments themselves are gone.
/// Rules read it; `decision` loads it.
@NullMarked
package io.tallystick.risk.history;

import org.jspecify.annotations.NullMarked;
