/// What a payment looked like when it was scored: facts that other services established, and
/// evidence that wallets and terminals gave.
///
/// Invariants: plain values without a framework; an observation is never changed once it is stored.
/// Every package of this service may call in.
@NullMarked
package io.tallystick.risk.observation;

import org.jspecify.annotations.NullMarked;
