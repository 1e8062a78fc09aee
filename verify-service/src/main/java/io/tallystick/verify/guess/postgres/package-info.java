/// Guess counts in PostgreSQL.
@NullMarked
package io.tallystick.verify.guess.postgres;

import org.jspecify.annotations.NullMarked;
