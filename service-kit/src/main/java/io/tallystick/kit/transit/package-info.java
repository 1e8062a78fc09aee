/// A key in the transit engine of HashiCorp Vault or of OpenBao, which decrypts there.
///
/// Invariants: what is asked goes to the one address that is configured, over TLS unless that is
/// this host itself, and no redirect leads it elsewhere; an answer is bounded in size and in time;
/// neither the token nor what was decrypted stands in a message. How a token is come by and renewed
/// is an agent's business: here it is read from a file each time, or the agent adds it. May be
/// called by `sealing`.
@NullMarked
package io.tallystick.kit.transit;

import org.jspecify.annotations.NullMarked;
