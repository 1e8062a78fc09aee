/// Answering by face: who a payer's authenticators are and whether one of them has verified the
/// payer.
///
/// Invariants: knows no payments; a verifier is told exactly which challenge it must find signed; a
/// passkey belongs to one payer; creation options are good for one registration. `challenge` calls
/// the verifier and reads passkeys. `WebAuthnFaceVerifier` is the adapter for platform
/// authenticators; another kind of face check would be another (ADR 0008).
@NullMarked
package io.tallystick.notify.face;

import org.jspecify.annotations.NullMarked;
