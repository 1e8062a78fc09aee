/// Measures the platform on one machine, everything included, and puts each figure beside a
/// reference of the same run.
///
/// Invariants: services run with the options of a deployment; PostgreSQL writes through to disk
/// (`fsync` and `synchronous_commit` on) for the platform and for its reference alike; payments go
/// through verify-service's public gRPC with mTLS. Called by `tally bench` only.
@NullMarked
package io.tallystick.sandbox.bench;

import org.jspecify.annotations.NullMarked;
