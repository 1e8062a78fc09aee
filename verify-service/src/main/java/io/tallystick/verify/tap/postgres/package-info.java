/// Tokens, halves, counters and evidence in PostgreSQL.
///
/// Invariant: every batch locks tokens, then halves, then counters, then evidence, each in the
/// order of their keys, so that batches of several replicas never wait for each other in a ring.
@NullMarked
package io.tallystick.verify.tap.postgres;

import org.jspecify.annotations.NullMarked;
