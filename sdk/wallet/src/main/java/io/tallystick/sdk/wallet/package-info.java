/**
 * A wallet: its state, where that is kept, and its notion of time.
 *
 * <p>Invariants: every change goes through {@link io.tallystick.sdk.wallet.Wallet#update}, which
 * returns only when the new state is durable; one store belongs to one wallet at a time, in one
 * process; secrets are in the state and nowhere else, and no {@code toString} shows them.
 *
 * <p>The work is in the sub-packages: {@code code} shows payment codes, {@code tap} signs taps,
 * {@code client} speaks to the platform, {@code file} keeps the state in a file, {@code passkey}
 * answers face challenges. Apps call all of them.
 */
@NullMarked
package io.tallystick.sdk.wallet;

import org.jspecify.annotations.NullMarked;
