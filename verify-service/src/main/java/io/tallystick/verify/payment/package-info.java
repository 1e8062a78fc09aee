/// Taking code payments from a scanned code to an answer, and keeping their answers true.
///
/// Invariants: an answer that a terminal may act on is backed by a committed row, here or at
/// clearing-service; an order that nobody finished is finished, or stopped, by whoever meets it
/// next: the same order id, a query, a reversal, or the sweep. Called by the gRPC adapter and the
/// streams.
@NullMarked
package io.tallystick.verify.payment;

import org.jspecify.annotations.NullMarked;
