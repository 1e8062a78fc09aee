/// Settlement: what each merchant is owed for a day, paid out to the bank.
///
/// Invariants: a day of a merchant and currency is settled once, whoever asks and how often; a
/// batch takes every payment whose money moved before the day's end and that no batch has; what was
/// given back is deducted from the next batch, never below zero, the rest is carried over; a closed
/// batch never changes. Called over gRPC by operators, and by itself.
@NullMarked
package io.tallystick.clearing.settlement;

import org.jspecify.annotations.NullMarked;
