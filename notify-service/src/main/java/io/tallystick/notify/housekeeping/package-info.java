/// Deletes what is old, a little at a time.
///
/// Invariants: nothing that is still needed is touched: open challenges, queued messages and
/// pending deliveries stay whatever their age. Called by nobody; works by itself.
@NullMarked
package io.tallystick.notify.housekeeping;

import org.jspecify.annotations.NullMarked;
