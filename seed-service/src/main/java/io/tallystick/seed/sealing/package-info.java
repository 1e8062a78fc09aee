/// How secrets rest in the database: SM4-GCM under a versioned key-encryption key, each bound to
/// the row it belongs to, and keyed hashes for what has to be found again.
///
/// Invariants: the associated data names table, owner and row, so a sealed value moved to another
/// row does not open; the version of the key is stored beside every sealed value and every keyed
/// hash can be made under each configured version. May be called by every package of the service.
@NullMarked
package io.tallystick.seed.sealing;

import org.jspecify.annotations.NullMarked;
