/// Loops in the background: expiry, sending, delivering, housekeeping.
///
/// Invariants: one thread per worker; a failing step is logged and tried again after a pause;
/// closing lets the running step finish. Called by the features that have work of their own.
@NullMarked
package io.tallystick.notify.worker;

import org.jspecify.annotations.NullMarked;
