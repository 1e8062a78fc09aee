/**
 * Signs taps, on- or offline.
 *
 * <p>Invariants: counter, allowance, log and half are durable before a token leaves, so that a
 * counter is never used for two bodies whatever happens between; a request that was answered before
 * is answered with the same token; a receipt is kept only when it is good for its token.
 *
 * <p>Called by wallet apps: {@link io.tallystick.sdk.wallet.tap.TapWallet} goes behind a {@link
 * io.tallystick.protocol.tap.TapCard}, which speaks APDUs.
 */
@NullMarked
package io.tallystick.sdk.wallet.tap;

import org.jspecify.annotations.NullMarked;
