/// Issuer keys: made here, certified by the offline root, signing authorisations, deny lists and
/// terminal packs.
///
/// Invariants: a private key exists in clear only in memory; only a certificate that the configured
/// root signed, for a key made here, is installed; the certified key installed last signs, and
/// every certified key that has not expired stays trusted. Called by `device`, `denylist` and the
/// gRPC and REST adapters.
@NullMarked
package io.tallystick.seed.issuer;

import org.jspecify.annotations.NullMarked;
