/// Payers, devices, seeds and enrolment challenges in PostgreSQL.
@NullMarked
package io.tallystick.seed.device.postgres;

import org.jspecify.annotations.NullMarked;
