/**
 * A passkey kept in software, for wallets without a platform authenticator: creates an ES256
 * credential and signs WebAuthn assertions with it, in the JSON forms that a browser would send.
 *
 * <p>Invariants: a passkey signs only for its relying party; its signature counter rises with every
 * signature, so the caller stores the passkey returned with an assertion before sending the
 * assertion; the private key leaves only through {@link
 * io.tallystick.sdk.wallet.passkey.Passkey#export()}. Whether the user was verified is the caller's
 * statement: it must have checked its payment password or a biometric before it says so.
 */
@NullMarked
package io.tallystick.sdk.wallet.passkey;

import org.jspecify.annotations.NullMarked;
