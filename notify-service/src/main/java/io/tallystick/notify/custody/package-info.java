/// What of this service rests under key-encryption keys, for re-sealing it and for refusing to lose
/// a key that something needs.
///
/// Invariants: every table with a sealed value or a keyed hash is listed in [NotifySealedData].
/// Calls `sealing`; the kit calls it.
@NullMarked
package io.tallystick.notify.custody;

import org.jspecify.annotations.NullMarked;
