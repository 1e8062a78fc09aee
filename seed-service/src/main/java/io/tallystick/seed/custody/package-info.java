/// What of this service rests under key-encryption keys, for re-sealing it and for refusing to lose
/// a key that something needs.
///
/// Invariants: every table with a sealed value or a keyed hash is listed in [SeedSealedData]; the
/// pepper of a version is kept before its key may go. Calls `sealing`; the kit calls it.
@NullMarked
package io.tallystick.seed.custody;

import org.jspecify.annotations.NullMarked;
