/// Append-only logs that show tampering: a hash chain over their rows, signed heads, and the check
/// of both.
///
/// Invariants: a sealed row can't be altered, deleted, moved or joined by another without the check
/// naming it; a chain can't be cut without contradicting a head that somebody kept. A row is sealed
/// within seconds of its commit, and protected from then on.
@NullMarked
package io.tallystick.kit.audit;

import org.jspecify.annotations.NullMarked;
