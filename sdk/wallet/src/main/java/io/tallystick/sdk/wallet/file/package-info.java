/**
 * A wallet's state in one file.
 *
 * <p>Invariants: the file is replaced whole and durably or not at all (written beside, flushed,
 * renamed, the folder flushed); it is readable by its owner only; one process uses it at a time; a
 * file of a newer version is refused, never rewritten. With a passphrase everything in it is sealed
 * with SM4-GCM under a key that Argon2id derives.
 *
 * <p>Called by wallet apps when they open their {@link io.tallystick.sdk.wallet.Wallet}.
 */
@NullMarked
package io.tallystick.sdk.wallet.file;

import org.jspecify.annotations.NullMarked;
