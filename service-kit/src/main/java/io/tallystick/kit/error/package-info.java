/// The closed set of errors that leave a service, whatever the transport.
///
/// Invariants: an error has a code of [ErrorCode], a stable reason and a message that is safe to
/// show; messages of other exceptions never leave. Knows no transport and no other package of the
/// kit.
@NullMarked
package io.tallystick.kit.error;

import org.jspecify.annotations.NullMarked;
