/// The service's tables. Explicit SQL on a handle whose transaction the caller owns; set-based, so
/// that a batch costs as many statements as one payment.
///
/// Invariants: rows of several payers are locked in the order of the payers' ids; every query has a
/// limit. `scoring`, `stream`, `rest` and `retention` call in.
@NullMarked
package io.tallystick.risk.postgres;

import org.jspecify.annotations.NullMarked;
