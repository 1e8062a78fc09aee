/**
 * The three Chinese commercial algorithms through Bouncy Castle's lightweight API: SM2 signatures
 * (GB/T 32918), SM3 digests (GB/T 32905) and SM4 in GCM (GB/T 32907, RFC 8998).
 *
 * <p>Invariants: signatures are raw {@code r‖s}, 64 bytes; points are compressed, 33 bytes; the SM2
 * identity is always {@code 1234567812345678}; randomness is handed in by the caller, so that no
 * class here holds a generator; secrets are copied in and out, never printed, and compared in
 * constant time.
 *
 * <p>Every package may call in.
 */
@NullMarked
package io.tallystick.protocol.crypto;

import org.jspecify.annotations.NullMarked;
