/// The services verify-service asks: seed, risk, clearing.
///
/// Each call has the deadline of docs/architecture.md; calls that are idempotent are sent again
/// when the peer was UNAVAILABLE; a circuit breaker answers for a peer that is down. Protocol
/// buffers end here: the rest of the service sees its own types.
@NullMarked
package io.tallystick.verify.peer;

import org.jspecify.annotations.NullMarked;
