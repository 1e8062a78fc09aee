/// Merchants and terminals in PostgreSQL.
@NullMarked
package io.tallystick.verify.terminal.postgres;

import org.jspecify.annotations.NullMarked;
