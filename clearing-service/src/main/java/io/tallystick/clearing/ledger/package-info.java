/// The double-entry ledger: accounts, postings, holds, and the rules by which money moves.
///
/// Invariants: the entries of a posting sum to zero in each currency; nothing that is posted
/// changes; an account that may not go below zero never does; a hold is pending, then posted or
/// voided, once. A [Book] is changed in memory, by rules without I/O, under the locks of its
/// payers' accounts, and written as a whole in their transaction. Every other package of this
/// service moves money through it; nobody else writes these tables.
@NullMarked
package io.tallystick.clearing.ledger;

import org.jspecify.annotations.NullMarked;
