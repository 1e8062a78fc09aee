/// Deny list entries and versions in PostgreSQL.
@NullMarked
package io.tallystick.seed.denylist.postgres;

import org.jspecify.annotations.NullMarked;
