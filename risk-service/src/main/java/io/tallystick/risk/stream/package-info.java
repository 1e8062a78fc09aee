/// What other services tell: taps to decide, and what devices, payments and challenges teach about
/// a payer.
///
/// Invariants: every effect is in the transaction of the event's inbox row; events may come in any
/// order and, after the inbox was cleaned, again, and change nothing then.
@NullMarked
package io.tallystick.risk.stream;

import org.jspecify.annotations.NullMarked;
