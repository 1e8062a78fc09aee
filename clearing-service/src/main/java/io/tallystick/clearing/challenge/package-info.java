/// What the end of a payer's challenge does to a payment that waits for it.
///
/// Invariants: the first end of a challenge about a payment counts; it is kept, so that it may
/// arrive before what it is about; a payment that waits no longer is not touched. Called by the
/// `challenges` stream and by the rules of taps.
@NullMarked
package io.tallystick.clearing.challenge;

import org.jspecify.annotations.NullMarked;
