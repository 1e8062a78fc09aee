/// Credits merchants from the clearing buckets.
///
/// Invariants: a credit is swept once; a merchant is credited once for each sweep, however many
/// payments it takes; what a payment gave back before the sweep stays out of it. Runs by itself, in
/// any number of replicas.
@NullMarked
package io.tallystick.clearing.sweep;

import org.jspecify.annotations.NullMarked;
