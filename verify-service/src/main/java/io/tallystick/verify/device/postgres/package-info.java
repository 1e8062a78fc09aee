/// Revocations in PostgreSQL.
@NullMarked
package io.tallystick.verify.device.postgres;

import org.jspecify.annotations.NullMarked;
