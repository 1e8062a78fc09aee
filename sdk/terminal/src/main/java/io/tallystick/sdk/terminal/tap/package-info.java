/**
 * One tap at the till: what the wallet is asked, how its token is checked, what the terminal
 * decides. The checks themselves are the protocol's; here stands what a terminal adds: its
 * readiness, its memory, its receipt.
 */
@NullMarked
package io.tallystick.sdk.terminal.tap;

import org.jspecify.annotations.NullMarked;
