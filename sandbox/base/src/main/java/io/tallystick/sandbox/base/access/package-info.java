/// Who may call what, asked of a running service and compared with
/// `docs/security/authorisation.md`.
///
/// Invariants: what is served is taken from the service, never from a list kept here; whatever is
/// served and not in the document is a fault, and so is the reverse. No call has an effect: gRPC
/// calls bring no message, REST calls are about things that there are not. For tests of services
/// only.
@NullMarked
package io.tallystick.sandbox.base.access;

import org.jspecify.annotations.NullMarked;
