/// Money from the bank, and whose accounts it went to.
///
/// Invariants: a bank reference credits once; the bank account is the mirror of all money in the
/// system. Called over gRPC by operators and the bank adapter.
@NullMarked
package io.tallystick.clearing.bank;

import org.jspecify.annotations.NullMarked;
