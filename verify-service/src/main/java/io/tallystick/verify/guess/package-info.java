/// Bounds on guessing at payment codes.
///
/// A guess is a code that matches nothing live; a code that was good and is used up is none. Limits
/// on who guesses (a terminal, a merchant) refuse. Limits on who is guessed at (an alias over all
/// terminals, the whole platform) never refuse anyone: they make right codes step up, so that a
/// lucky guess moves no money without its payer and an attacker cannot keep a payer from paying. An
/// alias is refused only at the terminal where somebody guesses at it.
///
/// Counts live in PostgreSQL, in the transaction that answers the order: they hold over replicas,
/// outlive Redis, and without them there is no answer at all. What can exceed a limit is what was
/// in flight when it was reached, and that is bounded too. Called by the code package only.
@NullMarked
package io.tallystick.verify.guess;

import org.jspecify.annotations.NullMarked;
