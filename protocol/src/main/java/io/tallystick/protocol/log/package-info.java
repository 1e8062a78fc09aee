/**
 * Hash chains of taps. Wallet and terminal each keep one and carry the other's last head, so that
 * either witnesses the other: a withheld upload shows as a gap, a rewritten one as a fork.
 *
 * <p>Invariant: {@code head' = SM3(head ‖ entry digest)}, starting from 32 zero bytes at sequence
 * 0.
 */
@NullMarked
package io.tallystick.protocol.log;

import org.jspecify.annotations.NullMarked;
