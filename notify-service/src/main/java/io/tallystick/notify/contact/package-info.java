/// The telephone number of a payer, as the payer's OIDC issuer verified it.
///
/// Invariants: a number comes from a token's standard claims only; it is sealed at rest and never
/// logged; answers show it masked. `challenge` reads it.
@NullMarked
package io.tallystick.notify.contact;

import org.jspecify.annotations.NullMarked;
