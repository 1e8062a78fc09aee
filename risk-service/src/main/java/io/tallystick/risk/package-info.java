/// Scores payments: is this one like its payer, and like the facts?
///
/// - [io.tallystick.risk.observation]: what a payment looked like when it was scored;
/// - [io.tallystick.risk.history]: what was known of its payer at that moment;
/// - [io.tallystick.risk.rule]: the rules, pure functions of the two;
/// - [io.tallystick.risk.thresholds]: the configuration file of the rules;
/// - [io.tallystick.risk.decision]: what was decided, with all it rests on;
/// - [io.tallystick.risk.scoring]: deciding, in one transaction for many payments;
/// - [io.tallystick.risk.postgres], [io.tallystick.risk.grpc], [io.tallystick.risk.stream],
///   [io.tallystick.risk.rest], [io.tallystick.risk.proto]: the ways in and out;
/// - [io.tallystick.risk.retention]: how long things are kept.
///
/// Invariants: a payment is decided once; two payments of one payer are never scored at the same
/// time; a stored decision explains itself without any other table.
@NullMarked
package io.tallystick.risk;

import org.jspecify.annotations.NullMarked;
