/// What is meant to happen in a soak: intentions of payers and tills, and faults, drawn from a
/// seed. Pure: no clock, no platform.
@NullMarked
package io.tallystick.sandbox.soak.plan;

import org.jspecify.annotations.NullMarked;
