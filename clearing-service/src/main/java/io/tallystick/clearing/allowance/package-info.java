/// Offline allowances: money held for what one device may spend without a connection.
///
/// Invariants: an allowance is an account of its own, so that what a tap takes from it is there;
/// what is left when its device ends goes back to the payer's balance, after a grace period in
/// which outstanding taps may still arrive. Called over gRPC by seed-service and by the `devices`
/// stream.
@NullMarked
package io.tallystick.clearing.allowance;

import org.jspecify.annotations.NullMarked;
