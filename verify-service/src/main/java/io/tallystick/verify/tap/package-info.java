/// Halves of taps: what they are checked against and what a check comes to. Pure: facts in, verdict
/// out.
///
/// Invariants: the guards stand in one order, signatures before anything that rests on them; a
/// refusal has a stable name. Called by the intake.
@NullMarked
package io.tallystick.verify.tap;

import org.jspecify.annotations.NullMarked;
