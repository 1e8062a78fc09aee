/// WebAuthn Level 3 as a face verifier: passkeys with user verification.
///
/// Invariants: origin, relying party, challenge, user verification, signature and counter are all
/// checked, on creation and on assertion; no attestation is asked for. JSON as browsers make it.
@NullMarked
package io.tallystick.notify.face.webauthn;

import org.jspecify.annotations.NullMarked;
