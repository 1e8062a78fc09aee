/// The audit trail in PostgreSQL.
@NullMarked
package io.tallystick.seed.audit.postgres;

import org.jspecify.annotations.NullMarked;
