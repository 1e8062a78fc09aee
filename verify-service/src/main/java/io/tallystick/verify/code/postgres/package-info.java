/// Orders and consumed codes in PostgreSQL.
///
/// Invariant: every batch locks orders, then moments, then online codes, then guess counts, each in
/// the order of their keys, so that batches of several replicas never wait for each other in a
/// ring.
@NullMarked
package io.tallystick.verify.code.postgres;

import org.jspecify.annotations.NullMarked;
