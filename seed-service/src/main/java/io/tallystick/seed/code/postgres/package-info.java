/// Live seeds by alias and online codes by hash in PostgreSQL.
@NullMarked
package io.tallystick.seed.code.postgres;

import org.jspecify.annotations.NullMarked;
