/**
 * The life of a payment, an offline payment, the halves of a tap and a challenge. Each is a sealed
 * type whose legal moves are methods on the source state, so that an illegal one does not compile.
 *
 * <p>Invariants: {@code text()} is stable, fits a column of 80 characters and is what {@code parse}
 * reads; states are values without behaviour beyond their moves.
 *
 * <p>Called by clearing-service, notify-service and whoever shows a state.
 */
@NullMarked
package io.tallystick.protocol.state;

import org.jspecify.annotations.NullMarked;
