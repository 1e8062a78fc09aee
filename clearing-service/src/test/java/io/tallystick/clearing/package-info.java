/// Tests of clearing-service on real PostgreSQL and Redis, and what they share.
@NullMarked
package io.tallystick.clearing;

import org.jspecify.annotations.NullMarked;
