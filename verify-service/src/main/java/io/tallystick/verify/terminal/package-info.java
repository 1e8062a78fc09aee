/// Merchants and terminals: who is registered, with which key, where.
///
/// Invariant: a terminal that is not registered, or was retired, gets nothing, whatever its
/// certificate says. Called by every other package of the service.
@NullMarked
package io.tallystick.verify.terminal;

import org.jspecify.annotations.NullMarked;
