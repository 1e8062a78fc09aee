/// Payment passwords: what is allowed, how they are hashed, how often one may guess.
///
/// Invariants: a password is kept only as peppered Argon2id; an attempt is counted durably before
/// it is checked, so parallel guesses never exceed the limit; a password is never part of an
/// idempotency digest, a log line or an event. Called by its REST adapter, by `device` before
/// anything that needs the password, and by the operator's gRPC adapter to unlock.
@NullMarked
package io.tallystick.seed.password;

import org.jspecify.annotations.NullMarked;
