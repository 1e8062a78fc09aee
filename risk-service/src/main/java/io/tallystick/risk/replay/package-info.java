/// Judges stored decisions again: by the thresholds they were made with, which must come out the
/// same, and by others, to see what those would have decided.
///
/// Invariants: reads only; a decision's own observation and history are all it looks at. Called by
/// `rest`.
@NullMarked
package io.tallystick.risk.replay;

import org.jspecify.annotations.NullMarked;
