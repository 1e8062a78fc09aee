/**
 * The code a wallet shows: the server's while there is a connection, the wallet's own otherwise.
 *
 * <p>Invariants: a moment that is over (refreshed away, or paid with) is never shown again, not
 * after a restart either; no code is shown of a seed that has expired.
 */
@NullMarked
package io.tallystick.sdk.wallet.code;

import org.jspecify.annotations.NullMarked;
