/**
 * Payment codes: twenty decimal digits that a wallet shows and a terminal scans.
 *
 * <p>Invariants: a seed never leaves {@link io.tallystick.protocol.code.Seed} except through {@code
 * toBytes}; matching does the same work whatever the password is; a code's digits are a bearer
 * secret while they are valid and are not printed.
 *
 * <p>Called by seed-service, verify-service and the wallet SDK.
 */
@NullMarked
package io.tallystick.protocol.code;

import org.jspecify.annotations.NullMarked;
