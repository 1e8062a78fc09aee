/// The configuration file of the rules: read, checked whole, and turned into a rule book.
///
/// Invariants: a file is taken whole or refused whole, and a refusal names every fault with its
/// path; a file may leave out what it doesn't change; two files that mean the same have the same
/// digest; the digest names the thresholds in every decision. `decision` asks [RuleBooks] for the
/// book in force at the start of each batch, never twice within one.
@NullMarked
package io.tallystick.risk.thresholds;

import org.jspecify.annotations.NullMarked;
