/// Payments: what they are, how they move from state to state, and the money that moves with them.
///
/// Invariants: an instrument pays once; a payment's money moves in the transaction of its state;
/// every change has a revision, its reasons and its event. Rules here are free of I/O; they work on
/// a [io.tallystick.clearing.payment.Work], which the `postgres` package loads and writes. Called
/// over gRPC by verify-service, and by the tap and challenge consumers of this service.
@NullMarked
package io.tallystick.clearing.payment;

import org.jspecify.annotations.NullMarked;
