/// The deny list: devices that may not pay offline, versioned, signed, whole or as a delta.
///
/// Invariants: a device is listed from its revocation until its authorisation would have ended; a
/// version is given when the list is next read, to all that changed since the last one, so revoking
/// locks no shared row and a list read after a revocation has it; deltas lead from each of the last
/// versions kept. Called by the REST and gRPC adapters; entries are added by `device`.
@NullMarked
package io.tallystick.seed.denylist;

import org.jspecify.annotations.NullMarked;
