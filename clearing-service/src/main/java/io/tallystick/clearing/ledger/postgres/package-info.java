/// The ledger's tables. Set-based SQL: one statement for a whole batch, its rows as arrays.
///
/// Invariants: accounts are locked in the order of [io.tallystick.clearing.ledger.AccountRef]; a
/// batch is written whole or not at all. Called by this service's own features, inside their
/// transaction.
@NullMarked
package io.tallystick.clearing.ledger.postgres;

import org.jspecify.annotations.NullMarked;
