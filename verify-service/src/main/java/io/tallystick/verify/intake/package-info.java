/// Taking in halves from terminals and wallets: check, store, acknowledge.
///
/// Invariants: nothing is acknowledged before it is durable; what is in flight is bounded for each
/// stream and in all. Called by the gRPC and REST adapters.
@NullMarked
package io.tallystick.verify.intake;

import org.jspecify.annotations.NullMarked;
