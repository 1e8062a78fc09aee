/// Verdicts of face recognition vendors as signed JSON Web Tokens (RFC 7515, RFC 7519), checked
/// with jose4j against the vendors' published keys.
@NullMarked
package io.tallystick.notify.face.jws;

import org.jspecify.annotations.NullMarked;
