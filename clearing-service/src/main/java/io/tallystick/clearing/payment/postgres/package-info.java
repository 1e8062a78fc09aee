/// The payments' tables.
///
/// Invariants: locks are taken in one order everywhere: payers' accounts, guards of payment ids, of
/// orders, of instruments, payments, credits, then the accounts of buckets, merchants and the bank;
/// within each, in key order. Called inside a transaction by the features of this service.
@NullMarked
package io.tallystick.clearing.payment.postgres;

import org.jspecify.annotations.NullMarked;
