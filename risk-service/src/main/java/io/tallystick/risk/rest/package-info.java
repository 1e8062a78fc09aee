/// Decisions over REST, for risk officers and auditors: why was a payment frozen?
///
/// Invariants: nothing is changed here; lists come in pages.
@NullMarked
package io.tallystick.risk.rest;

import org.jspecify.annotations.NullMarked;
