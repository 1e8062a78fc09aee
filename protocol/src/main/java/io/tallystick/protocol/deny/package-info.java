/**
 * The deny list: devices whose taps are refused, signed by the issuer, with deltas between
 * versions.
 *
 * <p>Invariants: ids are strictly ascending, so one set has one encoding; a delta carries the
 * signature of the list it leads to, so what applying it gives is as well signed as the whole list.
 *
 * <p>Signed by seed-service; used by verify-service and the terminal SDK.
 */
@NullMarked
package io.tallystick.protocol.deny;

import org.jspecify.annotations.NullMarked;
