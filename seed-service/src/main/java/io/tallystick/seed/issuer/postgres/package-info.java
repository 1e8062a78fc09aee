/// Issuer keys in PostgreSQL.
@NullMarked
package io.tallystick.seed.issuer.postgres;

import org.jspecify.annotations.NullMarked;
