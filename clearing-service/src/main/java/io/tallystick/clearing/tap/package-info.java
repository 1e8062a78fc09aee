/// Taps: payments made while both sides were offline, and their halves.
///
/// Invariants: nothing rests on the order in which decisions, halves, challenges and revocations
/// arrive, nor on how often; the first of them makes the payment, the decision moves its money,
/// once; halves and conflicts never move money. Called by the `tokens` and `decisions` streams.
@NullMarked
package io.tallystick.clearing.tap;

import org.jspecify.annotations.NullMarked;
