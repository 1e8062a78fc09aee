/// How long things are kept: deletes what neither a rule nor an explanation needs any more.
///
/// Invariants: a bounded number of rows in each transaction; two replicas may delete at the same
/// time; what rules may still look back on stays.
@NullMarked
package io.tallystick.risk.retention;

import org.jspecify.annotations.NullMarked;
