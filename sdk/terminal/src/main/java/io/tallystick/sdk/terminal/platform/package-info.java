/**
 * A terminal's talk with verify-service: gRPC with the terminal's client certificate. Calls have
 * deadlines; what can be repeated is repeated; what is unknown after a lost reply is asked, never
 * assumed.
 */
@NullMarked
package io.tallystick.sdk.terminal.platform;

import org.jspecify.annotations.NullMarked;
