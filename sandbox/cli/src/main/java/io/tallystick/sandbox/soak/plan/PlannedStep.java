package io.tallystick.sandbox.soak.plan;

/// One intention at its moment.
///
/// @param number counts all steps of a plan from 1
/// @param atMillis since the start, at the earliest: a payer does one thing after the other
/// @param payer who, from 0
/// @param intent what
public record PlannedStep(int number, long atMillis, int payer, Intent intent) {}
