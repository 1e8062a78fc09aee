/// Payment codes: making online ones, and telling for whom a code would pay.
///
/// Invariants: checking consumes nothing; wrong, expired, revoked and unknown codes get the same
/// answer after the same work; an online code is stored as a keyed hash only; a seed is in clear
/// only while one code is matched. Called by the gRPC adapter for verify-service and the REST
/// adapter for wallets.
@NullMarked
package io.tallystick.seed.code;

import org.jspecify.annotations.NullMarked;
