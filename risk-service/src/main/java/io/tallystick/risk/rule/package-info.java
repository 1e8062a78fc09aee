/// The rules: pure functions of one observation and its history, one class each.
///
/// Invariants: no rule reads a clock, a store or another rule; the same observation, history and
/// thresholds give the same finding for ever, which is what makes a stored decision replayable;
/// every rule answers, and says what it looked at even when it has nothing against the payment; a
/// figure equal to its threshold passes.
///
/// `decision` calls in through [RuleBook]; `thresholds` makes rule books.
@NullMarked
package io.tallystick.risk.rule;

import org.jspecify.annotations.NullMarked;
