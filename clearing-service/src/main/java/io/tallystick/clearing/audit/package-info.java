/// The ledger proves itself: every invariant as a query that must find nothing.
///
/// Invariants: all queries of one check see the same moment; a check changes nothing. Called over
/// gRPC by operators and over REST by auditors.
@NullMarked
package io.tallystick.clearing.audit;

import org.jspecify.annotations.NullMarked;
