/// What people read: payers their bills and balances, merchants their statements.
///
/// Invariants: a payer sees only what is theirs and a merchant only what concerns it, without the
/// payer's id; what belongs to somebody else is not there. Reads only. Called over REST.
@NullMarked
package io.tallystick.clearing.bill;

import org.jspecify.annotations.NullMarked;
