/**
 * The W3C trace context that travels with calls of wallets and terminals. It names work for people
 * who look into it; nothing rests on it, and it proves nothing.
 */
@NullMarked
package io.tallystick.protocol.trace;

import org.jspecify.annotations.NullMarked;
