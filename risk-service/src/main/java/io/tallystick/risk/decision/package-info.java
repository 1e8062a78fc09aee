/// What was decided about a payment, as it is stored for ever: all that is needed to explain it,
/// and to decide it again with other thresholds.
///
/// Invariants: a payment has one decision; it is never changed. Every adapter may call in.
@NullMarked
package io.tallystick.risk.decision;

import org.jspecify.annotations.NullMarked;
