/// How secrets rest in the database: SM4-GCM under a versioned key-encryption key, each bound to
/// the row it belongs to; and keyed hashes for short secrets that are only compared.
///
/// Invariants: a sealed value moved to another row does not open; every configured key version
/// opens and compares, the current one seals and hashes. May be called by every package of the
/// service.
@NullMarked
package io.tallystick.notify.sealing;

import org.jspecify.annotations.NullMarked;
