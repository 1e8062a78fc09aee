/// Decides payments: locks the payers, loads what is known of them, asks the rules, stores what
/// came out, in one transaction for as many payments as there are.
///
/// Invariants: one decision a payment, by its first observation; payments of one payer are decided
/// one after the other; all payments of a batch are judged by one rule book. `grpc` asks
/// [Assessments]; `stream` calls [Scorer] in the transaction that has its inbox and outbox rows.
@NullMarked
package io.tallystick.risk.scoring;

import org.jspecify.annotations.NullMarked;
