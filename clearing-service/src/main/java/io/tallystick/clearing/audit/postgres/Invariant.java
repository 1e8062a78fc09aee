package io.tallystick.clearing.audit.postgres;

/// Something that must hold, as a query for what breaks it.
///
/// @param check its name
/// @param breaches gives `subject` and `explanation` of each breach
record Invariant(String check, String breaches) {}
