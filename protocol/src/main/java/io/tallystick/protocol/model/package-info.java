/**
 * The values every format is made of: money, identifiers, counters, nonces.
 *
 * <p>Invariants: each is an immutable record that refuses an invalid value where it is made, with
 * {@link java.lang.IllegalArgumentException}; {@code parse} and {@code read} answer bad text and
 * bytes with {@link io.tallystick.protocol.wire.MalformedException}. None of them is secret.
 *
 * <p>Every package may call in.
 */
@NullMarked
package io.tallystick.protocol.model;

import org.jspecify.annotations.NullMarked;
