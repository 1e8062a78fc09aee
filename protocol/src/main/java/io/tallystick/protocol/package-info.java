/**
 * The Tallystick protocol: formats, codes, cryptography and state machines, without a framework.
 *
 * <p>{@code wire} reads and writes, {@code crypto} signs and seals, {@code model} names the values;
 * {@code code}, {@code authorisation}, {@code log}, {@code deny}, {@code tap}, {@code pack} and
 * {@code proof} are the formats with their verifiers; {@code state} has the life of a payment;
 * {@code describe} takes any format apart. Nothing here does I/O, reads a clock or holds a random
 * generator. The bytes are in {@code docs/protocol}.
 */
@NullMarked
package io.tallystick.protocol;

import org.jspecify.annotations.NullMarked;
