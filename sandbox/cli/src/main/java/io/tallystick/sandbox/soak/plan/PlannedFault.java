package io.tallystick.sandbox.soak.plan;

/// One fault at its moment.
///
/// @param number counts all faults of a plan from 1
/// @param atMillis since the start
/// @param fault what is done
public record PlannedFault(int number, long atMillis, Fault fault) {}
