/// What the platform trusts, as seed-service states it: root key, issuer certificates, deny list.
/// Remembered for a moment; without seed-service nothing older is trusted.
@NullMarked
package io.tallystick.verify.trust;

import org.jspecify.annotations.NullMarked;
