/// Code payments: orders, the single use of codes, and the way from a scanned code to an answer.
///
/// Invariants: one order id of a merchant is one payment; a code counts once, whatever becomes of
/// the order; an order leaves `authorising` because clearing-service, risk-service or the code
/// itself said so, never because time passed without asking them. The code is known here as a keyed
/// digest only. Called by the gRPC adapter, the resumer and the stream handler.
@NullMarked
package io.tallystick.verify.code;

import org.jspecify.annotations.NullMarked;
