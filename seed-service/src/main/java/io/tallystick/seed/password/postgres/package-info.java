/// Payment passwords in PostgreSQL.
@NullMarked
package io.tallystick.seed.password.postgres;

import org.jspecify.annotations.NullMarked;
